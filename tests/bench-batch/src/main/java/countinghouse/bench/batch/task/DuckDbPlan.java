package countinghouse.bench.batch.task;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How DuckDB is asked for the rows of one or all partitions of a day: the few identities that occur more than once, then everything but
 * their later deliveries. Of four plans it was the cheapest (ADR 0111).
 */
final class DuckDbPlan {
    private static final String FRESH = """
            SELECT * FROM day ANTI JOIN (
              SELECT source_partition, kafka_offset FROM day JOIN (
                SELECT identity, min(kafka_offset) AS first_offset
                FROM day GROUP BY identity HAVING count(*) > 1
              ) AS repeated USING (identity)
              WHERE kafka_offset > first_offset
            ) AS repeats USING (source_partition, kafka_offset)""";

    private static final String GROUPED = """
            CREATE OR REPLACE TEMP TABLE grouped AS
            WITH day AS (SELECT * FROM read_parquet(%s) WHERE kind = 'event'),
            fresh AS (%s),
            counted AS (%s)
            SELECT state, account, offering_id, epoch_us(occurred_at) // 900000000 AS cell, ingest_bucket, source_partition,
              count(*) AS events, sum(price) AS revenue
            FROM counted
            WHERE occurred_at >= append_time - INTERVAL 35 DAY AND occurred_at <= append_time + INTERVAL 5 MINUTE
            GROUP BY ALL""";

    private static final String UNSEEN = """
            SELECT fresh.* FROM fresh LEFT JOIN (
              SELECT identity, max(ingest_bucket) AS last_bucket
              FROM read_parquet(%s) WHERE kind = 'event' AND identity IN (SELECT identity FROM day)
              GROUP BY identity
            ) AS earlier USING (identity)
            WHERE last_bucket IS NULL OR last_bucket < fresh.ingest_bucket - INTERVAL 36 DAY""";

    private DuckDbPlan() {}

    /** Groups the day's files by row, those of a look-back excluding what they hold. */
    static String grouped(List<String> day, List<String> lookBack) {
        String counted = lookBack.isEmpty() ? "SELECT * FROM fresh" : UNSEEN.formatted(list(lookBack));
        return GROUPED.formatted(list(day), FRESH, counted);
    }

    /** Appends the grouped rows, one for each meter that counts them. */
    static String meters() {
        return """
                INSERT INTO counts
                SELECT 'tickets_sold', account, offering_id, cell, ingest_bucket, source_partition, events, events
                FROM grouped WHERE state = 'paid'
                UNION ALL
                SELECT 'ticket_revenue', account, offering_id, cell, ingest_bucket, source_partition, events, revenue
                FROM grouped WHERE state = 'paid'
                UNION ALL
                SELECT 'tickets_served', account, offering_id, cell, ingest_bucket, source_partition, events, events
                FROM grouped WHERE state = 'served'""";
    }

    private static String list(List<String> files) {
        return files.stream().collect(Collectors.joining("', '", "['", "']"));
    }
}
