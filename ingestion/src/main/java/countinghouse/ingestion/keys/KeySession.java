package countinghouse.ingestion.keys;

import countinghouse.kit.access.key.ApiKeyStore;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import java.time.Clock;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;

/** Work of a command on the stored keys, in the role that may change them. */
final class KeySession {
    private KeySession() {}

    /**
     * Runs the work.
     *
     * @throws CommandFailure if PostgreSQL cannot be reached or refuses
     */
    static void run(Consumer<ApiKeyStore> work) {
        try (Database database = Database.open(DatabaseConfig.from(Settings.ofProcess(), "keys.postgres"))) {
            work.accept(new ApiKeyStore(database.jdbi(), Clock.systemUTC()));
        } catch (JdbiException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "The keys in PostgreSQL cannot be read or changed (%s); 'keys list' shows whether it was done"
                            .formatted(String.valueOf(e.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no message")),
                    e);
        }
    }
}
