package countinghouse.local.demo;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendException;
import countinghouse.ingestion.client.SendResult;
import countinghouse.ingestion.source.Simulation;
import countinghouse.ingestion.truth.Truth;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Sends a simulation through the public door and shows the live counts move meanwhile. */
final class Feed {
    private static final long REPORT_SECONDS = 2;

    private final EventSender.Target target;
    private final LiveTotals totals;
    private final Progress progress;

    Feed(EventSender.Target target, LiveTotals totals, Progress progress) {
        this.target = target;
        this.totals = totals;
        this.progress = progress;
    }

    /** Sends every event, recording each in the truth. */
    SendResult send(Simulation simulation, Truth truth) {
        AtomicLong answered = new AtomicLong();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (EventSender sender = new EventSender(target)) {
            Future<SendResult> sending = executor.submit(() -> sender.send(truth.recording(simulation), answered::set));
            while (true) {
                try {
                    return sending.get(REPORT_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException stillSending) {
                    progress.detail("%,9d events answered; live: %s".formatted(answered.get(), totals.headline()));
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SendException failed) {
                throw new CommandFailure(ExitCode.TEMPORARY, failed.getMessage(), failed);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while sending events", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
