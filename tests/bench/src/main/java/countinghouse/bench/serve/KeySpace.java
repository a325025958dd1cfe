package countinghouse.bench.serve;

import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.RedisKeys;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Accounts with views in both layers. Every value follows from the account's number, so every answer can be checked.
 *
 * @param accounts how many
 */
record KeySpace(int accounts) {
    static final String METER = "views";
    private static final int DIGITS = 7;
    private static final long EPOCH = 1;
    private static final Instant CLOSED_THROUGH = Instant.parse("2026-10-06T00:00:00Z");
    private static final int BATCH_MODULUS = 997;
    private static final int SPEED_MODULUS = 89;
    private static final int PIPELINE = 2_000;

    static String name(int account) {
        // No format: the load generator, which shares the cores, names one for every request.
        String digits = Integer.toString(account);
        return "account-0000000".substring(0, "account-".length() + DIGITS - digits.length()) + digits;
    }

    /** What both layers counted together. */
    static int total(int account) {
        return batch(account) + speed(account);
    }

    private static int batch(int account) {
        return 1 + account % BATCH_MODULUS;
    }

    private static int speed(int account) {
        return 1 + account % SPEED_MODULUS;
    }

    /** Publishes the batch's part as generation 1, with the totals that a publish keeps. */
    void publish(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO published.run (run_number, run_id) VALUES (1, 'bench')");
            statement.execute(
                    "INSERT INTO published.generation (number, run_id, closed_through, manifest, published_by)"
                            + " VALUES (1, 'bench', '" + CLOSED_THROUGH + "', '{}', 'bench')");
            statement.execute("INSERT INTO published.generation_day VALUES (1, '2026-10-05', 1)");
        }
        copy(
                connection,
                "batch_count (run_number, ingest_day, meter, account, dimensions, cell, n, value, fingerprint)",
                account -> "1,2026-10-05,%s,%s,\"{\"\"video_id\"\":\"\"v1\"\"}\",2026-10-05T10:00:00Z,%d,%d,\\x%032x%n"
                        .formatted(METER, name(account), batch(account), batch(account), account));
        copy(
                connection,
                "batch_total (generation, meter, account, dimensions, n, value, first_cell, last_cell)",
                account -> "1,%s,%s,\"\",%d,%d,2026-10-05T10:00:00Z,2026-10-05T10:00:00Z%n"
                        .formatted(METER, name(account), batch(account), batch(account)));
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO published.totals_kept VALUES (1, '{}')");
            statement.execute("UPDATE published.pointer SET generation = 1");
            // As a table is some minutes after a publish: otherwise the vacuum of the background runs while reads are
            // measured.
            statement.execute("VACUUM (ANALYZE) published.batch_count, published.batch_total");
        }
    }

    private void copy(Connection connection, String columns, IntFunction<String> row) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY published.%s FROM STDIN WITH (FORMAT csv)".formatted(columns));
        for (int account = 0; account < accounts; account++) {
            byte[] line = row.apply(account).getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(line, 0, line.length);
        }
        copy.endCopy();
    }

    /** Writes the speed layer's part: rows, and totals beside them. */
    void count(Jedis redis) {
        long bucketMs = CLOSED_THROUGH.plus(Duration.ofHours(1)).toEpochMilli();
        redis.set(RedisKeys.EPOCH, Long.toString(EPOCH));
        redis.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
        redis.set(RedisKeys.LAYOUT, RedisKeys.LAYOUT_TOTALS);
        try (Pipeline pipeline = redis.pipelined()) {
            for (int account = 0; account < accounts; account++) {
                String name = name(account);
                RowKey key = new RowKey(METER, name, "{\"video_id\":\"v1\"}", bucketMs, bucketMs, "events.view-0");
                BigDecimal value = BigDecimal.valueOf(speed(account));
                RowValue row = new RowValue(speed(account), value, Fingerprint.ZERO);
                pipeline.hset(RedisKeys.rows(name, METER, EPOCH), RowText.field(key), RowText.value(row));
                pipeline.hset(
                        RedisKeys.totals(name, METER, EPOCH),
                        Long.toString(bucketMs),
                        "%d|%s|%d|%d".formatted(speed(account), value, bucketMs, bucketMs));
                pipeline.sadd(RedisKeys.accounts(EPOCH), name);
                if (account % PIPELINE == 0) {
                    pipeline.sync();
                }
            }
        }
    }
}
