package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.run.Run;
import countinghouse.batch.seal.Sealed;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batch seal}. */
@Command(
        name = "seal",
        description = "Closes every ingest bucket that ends by now, and begins a run.",
        mixinStandardHelpOptions = true)
final class SealCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Override
    public void run() {
        options.execute(session -> {
            Run run = options.runToBegin(session.runs());
            Sealed sealed = session.seal().seal(run);
            Instant closedThrough = Instant.ofEpochMilli(sealed.closedThroughMs());
            return new Result(
                    "Run %s sealed every bucket before %s".formatted(run.id(), closedThrough),
                    Map.of("runId", run.id(), "closedThrough", closedThrough));
        });
    }
}
