package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.maintenance.Expired;
import countinghouse.batch.maintenance.KeptGenerations;
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
                "Removes old generations, snapshots that no generation holds, rows of runs that no generation names, and files left by attempts that died.",
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

    @Option(
            names = "--keep-generations",
            paramLabel = "N",
            description =
                    "Generations before the served one that stay, at least 1; those that bills name stay too (default: ${DEFAULT-VALUE}).")
    private int keepGenerations = 7;

    @Option(
            names = "--keep-generations-for",
            paramLabel = "DURATION",
            description =
                    "Generations that were published no longer ago stay, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration keepGenerationsFor = Duration.ofDays(30);

    @Override
    public void run() {
        if (keepGenerations < 1) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "'--keep-generations %d' would leave nothing to roll back to; give at least 1"
                            .formatted(keepGenerations));
        }
        Duration minimum = Settings.ofProcess().duration(MINIMUM_AGE, DEFAULT_MINIMUM_AGE);
        if (olderThan.compareTo(minimum) < 0) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "'--older-than %s' reaches into runs that may be under way; give at least %s (%s)"
                            .formatted(olderThan, minimum, MINIMUM_AGE));
        }
        options.execute(session -> {
            Instant now = Instant.now();
            Expired expired = session.expiry()
                    .expire(
                            now.minus(olderThan),
                            new KeptGenerations(keepGenerations, now.minus(longer(keepGenerationsFor, olderThan))));
            return new Result(
                    "Removed %,d old generations, %,d snapshots, %,d files, and %,d rows that no generation has; %,d runs are named by none"
                            .formatted(
                                    expired.generations(),
                                    expired.snapshots(),
                                    expired.files(),
                                    expired.rows(),
                                    expired.runs()),
                    expired);
        });
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
