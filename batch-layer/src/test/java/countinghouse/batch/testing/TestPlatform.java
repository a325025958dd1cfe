package countinghouse.batch.testing;

import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.database.Migrations;
import countinghouse.testing.broker.TestBrokerProcess;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.registry.TestRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** Everything that the batch layer talks to, real, with a warehouse in a local folder and the settings in the file of the process. */
public final class TestPlatform implements AutoCloseable {
    public static final Duration BUCKET_WIDTH = Duration.ofMillis(100);

    private final TestBrokerProcess broker;
    private final TestRegistry registry;
    private final TestRedis redis;
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final Path warehouse;

    private TestPlatform(Path directory) throws Exception {
        // Each of these two takes seconds, mostly in processes of its own.
        Path kafka = Files.createDirectories(directory.resolve("kafka"));
        FutureTask<TestBrokerProcess> starting = new FutureTask<>(() -> TestBrokerProcess.start(kafka));
        new Thread(starting, "broker-start").start();
        postgres = EmbeddedPostgres.start();
        broker = starting.get();
        registry = TestRegistry.start();
        redis = TestRedis.start();
        database = Database.open(new DatabaseConfig(url(), "postgres", "postgres", 4));
        warehouse = directory.resolve("warehouse");
        setUpDatabase();
        configure();
    }

    private void setUpDatabase() {
        Migrations.migrate(database.dataSource(), "db/published", "published", Map.of());
        database.jdbi().useHandle(handle -> handle.execute("CREATE SCHEMA iceberg"));
    }

    /** Loses PostgreSQL and the warehouse, and has new, empty ones in their places. */
    public void loseWhatIsBackedUp() throws IOException {
        database.jdbi().useHandle(handle -> handle.execute("DROP SCHEMA published, iceberg CASCADE"));
        setUpDatabase();
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    public static TestPlatform start(Path directory) throws Exception {
        return new TestPlatform(directory);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    public Database database() {
        return database;
    }

    public int postgresPort() {
        return postgres.getPort();
    }

    /** The one value that a query of PostgreSQL answers. */
    public String text(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    public Jedis redis() {
        return redis.connect();
    }

    /** Adds a setting for the commands from now on. */
    public void set(String key, String value) throws IOException {
        Path file = Path.of(System.getenv("COUNTINGHOUSE_CONFIG"));
        Files.writeString(file, "\n" + key + "=" + value + "\n", StandardOpenOption.APPEND);
    }

    /** A proxy in front of the catalog's PostgreSQL, which the commands use from now on. */
    public CuttingProxy proxyCatalog() throws IOException {
        CuttingProxy proxy = CuttingProxy.start(postgres.getPort());
        set("iceberg.catalog.url", catalogUrl().replace(":" + postgres.getPort(), ":" + proxy.port()));
        return proxy;
    }

    /** Lets the commands reach the catalog's PostgreSQL directly again. */
    public void directCatalog() throws IOException {
        set("iceberg.catalog.url", catalogUrl());
    }

    private String catalogUrl() {
        return url() + "&currentSchema=iceberg";
    }

    private String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** Writes the settings of the process, which another platform may have written since. */
    public void configure() throws IOException {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "kafka.bootstrap-servers", bootstrapServers(),
                "kafka.partitions", Integer.toString(TestBrokerProcess.PARTITIONS),
                "registry.url", registry.url(),
                "redis.url", redis.url().toString(),
                "reconcile.timeout", "PT2S",
                "counting.bucket-width", BUCKET_WIDTH.toString(),
                "counting.speed-horizon", "PT10M",
                "counting.batch-horizon", "PT2H",
                "iceberg.warehouse", warehouse.toUri().toString()));
        for (String prefix : new String[] {"postgres", "owner.postgres", "backup.postgres", "iceberg.catalog"}) {
            String schema = prefix.equals("iceberg.catalog") ? "&currentSchema=iceberg" : "";
            settings.setProperty(prefix + ".url", url() + schema);
            settings.setProperty(prefix + ".user", "postgres");
            settings.setProperty(prefix + ".password", "postgres");
        }
        try (Writer writer = Files.newBufferedWriter(Path.of(System.getenv("COUNTINGHOUSE_CONFIG")))) {
            settings.store(writer, null);
        }
    }

    @Override
    public void close() throws Exception {
        database.close();
        postgres.close();
        redis.close();
        registry.close();
        broker.close();
    }
}
