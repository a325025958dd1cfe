package countinghouse.bench.answers;

import countinghouse.bench.freshness.Delay;
import countinghouse.bench.ingest.DoorLoad;
import countinghouse.bench.ingest.TicketBatches;
import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.report.Machine;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** A load on the door at a fixed rate, and probes beside it. */
final class AnswersBench {
    private static final int CONNECTIONS = 8;
    private static final int WARM_UP_SHARE = 4;
    private static final int BATCHES_A_SECOND = 40;

    private final int rate;
    private final int seconds;
    private final int probesPerSecond;
    private final int commitIntervalMs;
    private final Consumer<String> progress;

    AnswersBench(int rate, int seconds, int probesPerSecond, int commitIntervalMs, Consumer<String> progress) {
        this.rate = rate;
        this.seconds = seconds;
        this.probesPerSecond = probesPerSecond;
        this.commitIntervalMs = commitIntervalMs;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws CommandFailure with {@link ExitCode#DISAGREED} if an answer was wrong
     */
    AnswersReport run() {
        Instant startedAt = Instant.now();
        try (Workspace workspace = Workspace.create("answers");
                AnswersStage stage = new AnswersStage(workspace.folder(), commitIntervalMs, progress)) {
            TicketBatches batches = new TicketBatches(Math.max(1, rate / BATCHES_A_SECOND), Instant.now());
            String producer = stage.token(AccessRole.PRODUCER);
            DoorLoad load = new DoorLoad(stage.door(), producer, CONNECTIONS, batches);
            Probes probes = new Probes(stage.door(), stage.api(), producer, stage.token(AccessRole.ANALYST));
            long count = (long) rate * seconds / batches.size();
            progress.accept(
                    "%,d events/s through the door for %d s, %d probes/s".formatted(rate, seconds, probesPerSecond));
            long startNs = System.nanoTime();
            CompletableFuture<DoorLoad.Seen> loading = CompletableFuture.supplyAsync(() -> load.run(0, count, rate));
            Probes.Seen seen = probes.run(
                    probesPerSecond,
                    seconds,
                    startNs,
                    startNs + Duration.ofSeconds(seconds).toNanos() / WARM_UP_SHARE);
            DoorLoad.Seen loaded = loading.join();
            if (loaded.refused() == 0) {
                probes.awaitAnswer(null, loaded.events() + seen.sent());
                progress.accept("every event is in the answer");
            }
            workspace.done();
            return new AnswersReport(
                    "answers",
                    startedAt,
                    Machine.now("of the distribution"),
                    rate,
                    loaded.eventsPerSecond(),
                    loaded.refused(),
                    commitIntervalMs,
                    Delay.of(seen.sincePost()),
                    Delay.of(seen.sinceStored()));
        } catch (WrongAnswerException e) {
            throw new CommandFailure(ExitCode.DISAGREED, e.getMessage(), e);
        } catch (CompletionException | IllegalStateException | IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "The load could not be carried (%s)".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while measuring", e);
        }
    }
}
