package countinghouse.serving.speedview;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One command for all who ask at about the same time. Nobody gets the answer to a command that was sent before asking: who asks while one is
 * on its way waits for the one after it.
 *
 * @param <T> what it answers
 */
final class SharedCommand<T> {
    private final Supplier<CompletableFuture<T>> command;
    private boolean underWay;
    private CompletableFuture<T> waiting;

    SharedCommand(Supplier<CompletableFuture<T>> command) {
        this.command = command;
    }

    CompletableFuture<T> next() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (underWay) {
                if (waiting == null) {
                    waiting = new CompletableFuture<>();
                }
                return waiting;
            }
            underWay = true;
            answer = new CompletableFuture<>();
        }
        send(answer);
        return answer;
    }

    private void send(CompletableFuture<T> answer) {
        CompletableFuture<T> sent;
        try {
            sent = command.get();
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var unused = sent.whenComplete((value, failure) -> {
            sendWaiting();
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    /** Before the answer is handed out: whoever goes on with it may take long. */
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
}
