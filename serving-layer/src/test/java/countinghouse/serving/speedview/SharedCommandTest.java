package countinghouse.serving.speedview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedCommandTest {
    private final List<CompletableFuture<Integer>> sent = new ArrayList<>();
    private final SharedCommand<Integer> command = new SharedCommand<>(this::send, Runnable::run);

    @Test
    void shouldSendOneCommandForAllWhoAskWhileOneIsOnItsWay() {
        CompletableFuture<Integer> first = command.next();
        CompletableFuture<Integer> second = command.next();
        CompletableFuture<Integer> third = command.next();

        assertThat(sent).hasSize(1);
        sent.get(0).complete(1);
        assertThat(first).isCompletedWithValue(1);
        assertThat(second).as("what was sent before it asked is too old for it").isNotDone();
        assertThat(sent).hasSize(2);
        sent.get(1).complete(2);
        assertThat(second).isCompletedWithValue(2);
        assertThat(third).isCompletedWithValue(2);
    }

    @Test
    void shouldSendAtOnceWhenNoneIsOnItsWay() {
        var unused = command.next();
        sent.get(0).complete(1);

        CompletableFuture<Integer> later = command.next();

        assertThat(sent).hasSize(2);
        sent.get(1).complete(2);
        assertThat(later).isCompletedWithValue(2);
    }

    @Test
    void shouldSendOneCommandForAllWhoAskBeforeItIsSent() {
        Deque<Runnable> later = new ArrayDeque<>();
        SharedCommand<Integer> postponed = new SharedCommand<>(this::send, later::add);

        CompletableFuture<Integer> first = postponed.next();
        CompletableFuture<Integer> second = postponed.next();
        assertThat(sent).isEmpty();
        later.remove().run();
        CompletableFuture<Integer> third = postponed.next();
        sent.get(0).complete(1);

        assertThat(first).isCompletedWithValue(1);
        assertThat(second).isCompletedWithValue(1);
        assertThat(third).as("it was sent before").isNotDone();
        later.remove().run();
        sent.get(1).complete(2);
        assertThat(third).isCompletedWithValue(2);
        assertThat(sent).hasSize(2);
    }

    @Test
    void shouldGoOnAfterAFailure() {
        CompletableFuture<Integer> first = command.next();
        CompletableFuture<Integer> second = command.next();

        sent.get(0).completeExceptionally(new IllegalStateException("lost"));

        assertThat(first).isCompletedExceptionally();
        sent.get(1).complete(2);
        assertThat(second).isCompletedWithValue(2);
    }

    private CompletableFuture<Integer> send() {
        CompletableFuture<Integer> reply = new CompletableFuture<>();
        sent.add(reply);
        return reply;
    }
}
