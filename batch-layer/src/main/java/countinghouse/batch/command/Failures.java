package countinghouse.batch.command;

import countinghouse.batch.recompute.LostRecordsException;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.schemas.registry.RegistryException;
import java.sql.SQLException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/** Finds, in what Spark and the pools wrapped, the line that a person needs. */
final class Failures {
    private Failures() {}

    /** The failure as a command reports it. */
    static RuntimeException reported(Exception failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandFailure || cause instanceof ConfigurationException) {
                return (RuntimeException) cause;
            }
            if (cause instanceof CommitStateUnknownException) {
                return new CommandFailure(
                        ExitCode.UNKNOWN_OUTCOME,
                        "A commit to the Iceberg catalog may or may not have happened; run the same run id again, it will look",
                        failure);
            }
            if (cause instanceof LostRecordsException) {
                return new CommandFailure(ExitCode.DISAGREED, cause.getMessage(), failure);
            }
            if (cause instanceof RegistryException || cause instanceof SQLException) {
                return new CommandFailure(
                        ExitCode.TEMPORARY,
                        "%s; check that it runs, then run the same run id again".formatted(oneLine(cause)),
                        failure);
            }
            root = cause;
        }
        return new CommandFailure(
                ExitCode.TEMPORARY,
                "The batch step failed (%s: %s); run the same run id again"
                        .formatted(root.getClass().getSimpleName(), oneLine(root)),
                failure);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
