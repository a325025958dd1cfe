package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.maintenance.Expired;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maintenance expire}. */
@Command(
        name = "expire",
        description =
                "Removes snapshots that no generation holds, rows of runs that no generation names, and files left by attempts that died.",
        mixinStandardHelpOptions = true)
final class ExpireCommand implements Runnable {
    private static final String MINIMUM_AGE = "maintenance.minimum-age";
    /** Longer than any run takes; what a run that is under way has written must not be taken for left behind. */
    private static final Duration DEFAULT_MINIMUM_AGE = Duration.ofDays(1);

    @Mixin
    private StepOptions options;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            description = "Only what is older, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration olderThan = Duration.ofDays(3);

    @Override
    public void run() {
        Duration minimum = Settings.ofProcess().duration(MINIMUM_AGE, DEFAULT_MINIMUM_AGE);
        if (olderThan.compareTo(minimum) < 0) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "'--older-than %s' reaches into runs that may be under way; give at least %s (%s)"
                            .formatted(olderThan, minimum, MINIMUM_AGE));
        }
        options.execute(session -> {
            Expired expired = session.expiry().expire(Instant.now().minus(olderThan));
            return new Result(
                    "Removed %,d snapshots, %,d files, and %,d rows of %,d runs that no generation names"
                            .formatted(expired.snapshots(), expired.files(), expired.rows(), expired.runs()),
                    expired);
        });
    }
}
