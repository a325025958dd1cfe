package countinghouse.local.setup;

import countinghouse.local.component.HdfsServer;
import countinghouse.local.component.KafkaBroker;
import countinghouse.local.component.PostgresServer;
import countinghouse.local.component.RedisServer;
import countinghouse.local.component.SchemaRegistryServer;
import countinghouse.local.component.TrinoServer;
import countinghouse.local.state.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The settings of the local profile, by the keys of docs/architecture/contracts.md. */
public final class PlatformSettings {
    public static final int PARTITIONS = 12;
    public static final String WAREHOUSE_PATH = "/warehouse";

    private static final Duration SPEED_HORIZON = Duration.ofHours(48);
    private static final Duration BATCH_HORIZON = Duration.ofDays(36);

    private final Map<String, String> values = new TreeMap<>();

    public PlatformSettings(Duration bucketWidth, Secrets secrets) {
        values.put("counting.bucket-width", bucketWidth.toString());
        values.put("counting.speed-horizon", SPEED_HORIZON.toString());
        values.put("counting.batch-horizon", BATCH_HORIZON.toString());
        // The simulated day ended before the platform started: nothing of it can still be on its way.
        values.put("billing.grace", "PT0S");
        values.put("auth.local-users", "true");
        // Accounts that the demo's simulated day fills, so that these users have something to look at.
        values.put("auth.local-creator-accounts", "creator-001");
        values.put("auth.local-customer-accounts", "customer-free-001,customer-pro-001");
        values.put("speed.commit-interval-ms", "200");
        values.put("speed.transaction-timeout", "PT10S");
        values.put("auth.jwt-secret", secrets.secret("auth.jwt-secret"));
        values.put("privacy.network-hash-key", secrets.secret("privacy.network-hash-key"));
    }

    public PlatformSettings with(KafkaBroker kafka) {
        values.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        values.put("kafka.partitions", Integer.toString(PARTITIONS));
        values.put("kafka.replication-factor", "1");
        values.put("kafka.min-insync-replicas", "1");
        return this;
    }

    public PlatformSettings with(SchemaRegistryServer registry) {
        values.put("registry.url", registry.url().toString());
        return this;
    }

    public PlatformSettings with(RedisServer redis) {
        values.put("redis.url", redis.url().toString());
        return this;
    }

    public PlatformSettings with(HdfsServer hdfs) {
        values.put("hdfs.uri", hdfs.uri().toString());
        values.put("iceberg.warehouse", hdfs.uri() + WAREHOUSE_PATH);
        return this;
    }

    public PlatformSettings with(PostgresServer postgres, Secrets secrets) {
        String url = postgres.url(PlatformDatabase.NAME);
        for (DatabaseRole role : DatabaseRole.values()) {
            database(role, role == DatabaseRole.ICEBERG ? url + "?currentSchema=iceberg" : url, secrets);
        }
        return this;
    }

    public PlatformSettings withApi(URI api) {
        values.put("http.base-url", api.toString());
        return this;
    }

    /** Where {@code countinghouse sql} asks. */
    public PlatformSettings with(TrinoServer trino) {
        values.put("trino.url", trino.url());
        return this;
    }

    /** Where the speed layer keeps what may be lost. */
    public PlatformSettings withSpeedDirectory(Path directory) {
        values.put("speed.state-directory", directory.toString());
        return this;
    }

    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    private void database(DatabaseRole role, String url, Secrets secrets) {
        values.put(role.settings() + ".url", url);
        values.put(role.settings() + ".user", role.user());
        values.put(role.settings() + ".password", secrets.secret(role.secretName()));
    }
}
