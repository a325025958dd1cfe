package countinghouse.serving.layers;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.row.Uniques;
import countinghouse.schemas.RedisKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import redis.embedded.RedisServer;

/** A real PostgreSQL and a real Redis, filled as the batch and speed layers fill them. */
public final class Layers implements AutoCloseable {
    public static final long EPOCH = 1;
    public static final String SECRET = "a secret of the tests, thirty-two characters and more";

    private final Path data;
    private final int postgresPort;
    private final int redisPort;
    private EmbeddedPostgres postgres;
    private RedisServer redisServer;
    private RedisClient client;
    private StatefulRedisConnection<String, String> connection;

    public Layers() {
        try {
            data = Files.createTempDirectory("layers-postgres");
            postgresPort = freePort();
            redisPort = freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startPostgres();
        Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
        startRedis();
    }

    /** Both layers as they are before the first event. */
    public void reset() {
        redis().flushall();
        redis().set(RedisKeys.EPOCH, Long.toString(EPOCH));
        redis().set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
        jdbi().useHandle(handle -> handle.execute("""
                UPDATE published.pointer SET generation = NULL;
                TRUNCATE published.batch_count, published.batch_total, published.reconciliation, published.conservation;
                DELETE FROM published.generation_day; DELETE FROM published.generation; DELETE FROM published.run;
                """));
    }

    public Settings settings() {
        return settings("redis://127.0.0.1:" + redisPort);
    }

    /** With the speed layer's rows in another Redis. */
    public Settings settings(String redisUrl) {
        return Settings.of(Map.of(
                "postgres.url", postgres.getJdbcUrl("postgres", "postgres"),
                "postgres.user", "postgres",
                "postgres.password", "postgres",
                "redis.url", redisUrl,
                "serving.redis-timeout", "PT1S",
                "http.port", "0",
                "auth.jwt-secret", SECRET,
                "auth.local-users", "true"));
    }

    public RedisCommands<String, String> redis() {
        return connection.sync();
    }

    public Jdbi jdbi() {
        return Jdbi.create(postgres.getPostgresDatabase());
    }

    /** Starts PostgreSQL with the data that it had, on the port that it had. */
    public void startPostgres() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(postgresPort)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stopPostgres() throws IOException {
        postgres.close();
    }

    /** The processes of PostgreSQL: the first one and those that it started. */
    public List<ProcessHandle> postgresProcesses() {
        try {
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            ProcessHandle first = ProcessHandle.of(Long.parseLong(pid.trim())).orElseThrow();
            return Stream.concat(Stream.of(first), first.descendants()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<ProcessHandle> redisProcesses() {
        String pid = redis().info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring("process_id:".length()).trim())
                .findFirst()
                .orElseThrow();
        return List.of(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }

    public void stopRedis() {
        try {
            connection.close();
            client.shutdown();
            redisServer.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void startRedis() {
        try {
            redisServer = RedisServer.newRedisServer()
                    .port(redisPort)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .build();
            redisServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = RedisClient.create("redis://127.0.0.1:" + redisPort);
        connection = client.connect();
    }

    /** Writes a row of the speed layer with an absolute value, as the projector does. */
    public void speed(RowKey key, long n, String value) {
        speed(key, new RowValue(n, new BigDecimal(value), Fingerprint.ZERO));
    }

    /** Writes a row of the speed layer, as the projector does. */
    public void speed(RowKey key, RowValue value) {
        redis().hset(RedisKeys.rows(key.account(), key.meter(), EPOCH), RowText.field(key), RowText.value(value));
        redis().sadd(RedisKeys.accounts(EPOCH), key.account());
    }

    /** Publishes a generation of one run and moves the pointer, in one transaction. */
    public void publish(long number, Instant closedThrough, List<RowKey> rows, String valueOfEach) {
        jdbi().useTransaction(handle -> {
            long run = handle.createQuery("INSERT INTO published.run (run_id) VALUES (:run) RETURNING run_number")
                    .bind("run", "run-" + number)
                    .mapTo(Long.class)
                    .one();
            LocalDate day = LocalDate.ofInstant(closedThrough, ZoneOffset.UTC);
            handle.createUpdate("""
                            INSERT INTO published.generation (number, run_id, closed_through, manifest, published_by)
                            VALUES (:number, :run, :closed, '{}', 'test')
                            """)
                    .bind("number", number)
                    .bind("run", "run-" + number)
                    .bind("closed", closedThrough.atOffset(ZoneOffset.UTC))
                    .execute();
            handle.execute("INSERT INTO published.generation_day VALUES (?, ?, ?)", number, day, run);
            rows.forEach(row -> insert(handle, run, day, row, valueOfEach));
            handle.execute("SELECT generation FROM published.pointer FOR UPDATE");
            handle.execute("UPDATE published.pointer SET generation = ?", number);
        });
    }

    /** Gives the published rows of a unique count their sketch. */
    public void publishSketch(RowKey key, Uniques sketch) {
        jdbi().useHandle(handle -> handle.createUpdate("""
                        UPDATE published.batch_count SET sketch = :sketch, value = :value
                        WHERE meter = :meter AND account = :account AND cell = :cell
                        """)
                .bind("sketch", sketch.toBytes())
                .bind("value", sketch.number())
                .bind("meter", key.meter())
                .bind("account", key.account())
                .bind("cell", Instant.ofEpochMilli(key.cellMs()).atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** Moves the pointer, as a rollback does. */
    public void pointAt(long generation) {
        jdbi().useHandle(handle -> handle.execute("UPDATE published.pointer SET generation = ?", generation));
    }

    private static void insert(Handle handle, long run, LocalDate day, RowKey row, String value) {
        handle.createUpdate("""
                        INSERT INTO published.batch_count VALUES
                            (:run, :day, :meter, :account, :dimensions, :cell, 1, :value, :fingerprint)
                        ON CONFLICT (meter, account, run_number, ingest_day, cell, dimensions)
                        DO UPDATE SET n = batch_count.n + 1, value = batch_count.value + EXCLUDED.value
                        """)
                .bind("run", run)
                .bind("day", day)
                .bind("meter", row.meter())
                .bind("account", row.account())
                .bind("dimensions", row.dimensions())
                .bind("cell", Instant.ofEpochMilli(row.cellMs()).atOffset(ZoneOffset.UTC))
                .bind("value", new BigDecimal(value))
                .bind("fingerprint", Fingerprint.ZERO.toBytes())
                .execute();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        stopRedis();
        postgres.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
