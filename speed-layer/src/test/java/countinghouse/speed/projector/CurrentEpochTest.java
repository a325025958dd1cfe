package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CurrentEpochTest {
    private static final int LOOKS = 20;

    private final Clock clock = RacingClock.start();
    private final BlockingQueue<LongSupplier> answers = new LinkedBlockingQueue<>();

    @Test
    void shouldGoOnWhileTheLogOfEpochsDoesNotAnswer() {
        answers.add(() -> 1);
        try (CurrentEpoch current = new CurrentEpoch(this::answer, clock)) {
            for (int step = 0; step < LOOKS; step++) {
                assertThat(current.isOver()).isFalse();
            }

            answers.add(() -> 2);
            await().until(current::isOver);
        }
    }

    @Test
    void shouldLookAgainWhenTheLastLookSawNothingNew() {
        answers.add(() -> 1);
        try (CurrentEpoch current = new CurrentEpoch(this::answer, clock)) {
            answers.add(() -> 1);
            answers.add(() -> 2);
            await().until(current::isOver);
            assertThat(answers).isEmpty();
        }
    }

    @Test
    void shouldSayThatTheBrokerDidNotAnswer() {
        answers.add(() -> 1);
        try (CurrentEpoch current = new CurrentEpoch(this::answer, clock)) {
            answers.add(() -> {
                throw new TimeoutException("no answer");
            });
            assertThatThrownBy(() -> await().until(current::isOver)).isInstanceOf(TimeoutException.class);
        }
    }

    private long answer() {
        try {
            LongSupplier answer = answers.poll(1, TimeUnit.MINUTES);
            return answer.getAsLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody waits for the answer any more", e);
        }
    }
}
