package countinghouse.kit.access.key;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The keys of a process that checks them: read from {@code access.postgres.*}, on a thread of their own. */
public final class StoredKeys implements AutoCloseable {
    private final Database database;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "api-keys");
        thread.setDaemon(true);
        return thread;
    });
    private final ApiKeys keys;

    private StoredKeys(Database database) {
        this.database = database;
        Clock clock = Clock.systemUTC();
        this.keys = new ApiKeys(new ApiKeyStore(database.jdbi(), clock)::all, reader, clock);
    }

    /** Opens what the settings name, without connecting; empty if they name nothing, and then only tokens are taken. */
    public static Optional<StoredKeys> open(Settings settings) {
        return settings.find("access.postgres.url")
                .map(url -> new StoredKeys(Database.open(DatabaseConfig.from(settings, "access.postgres"))));
    }

    public ApiKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        reader.shutdownNow();
        database.close();
    }
}
