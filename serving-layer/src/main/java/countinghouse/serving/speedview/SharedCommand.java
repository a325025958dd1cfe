package countinghouse.serving.speedview;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One command for all who ask at about the same time. Nobody gets the answer to a command that was sent before asking: who asks while one is
 * on its way waits for the one after it.
 *
 * @param <T> what it answers
 */
final class SharedCommand<T> {
    private final Supplier<CompletableFuture<T>> command;
    private final Executor sender;
    private boolean underWay;
    private CompletableFuture<T> waiting;

    /** @param sender what sends the command; all who ask before it gets round to that share it */
    SharedCommand(Supplier<CompletableFuture<T>> command, Executor sender) {
        this.command = command;
        this.sender = sender;
    }

    CompletableFuture<T> next() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (waiting != null) {
                return waiting;
            }
            answer = new CompletableFuture<>();
            waiting = answer;
            if (underWay) {
                return answer;
            }
            underWay = true;
        }
        sender.execute(this::sendWaiting);
        return answer;
    }

    private void sendWaiting() {
        CompletableFuture<T> next;
        synchronized (this) {
            next = waiting;
            waiting = null;
            underWay = next != null;
        }
        if (next != null) {
            send(next);
        }
    }

    private void send(CompletableFuture<T> answer) {
        CompletableFuture<T> sent;
        try {
            sent = command.get();
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var unused = sent.whenComplete((value, failure) -> {
            // Before the answer is handed out: whoever goes on with it may take long.
            sender.execute(this::sendWaiting);
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }
}
