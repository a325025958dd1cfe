package countinghouse.speed.topology;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * What the rows of a log must be, from the words of design.md section 4 alone; it shares no code with {@code metering} and prefers
 * looking at the whole log again to being clever.
 */
final class CountingOracle {
    private static final long CELL_MS = 15 * 60 * 1000;
    private static final long MAX_AHEAD_MS = 5 * 60 * 1000;
    private static final long MAX_BEHIND_MS = 35L * 24 * 60 * 60 * 1000;

    /** What the test's catalogue says, in the oracle's own words: the events in the row decide everything. */
    enum OracleMeter {
        READINGS,
        READING_SUM,
        READING_MIN,
        READING_MAX,
        SHOWS,
        WATCHED;

        String slug() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean counts(LogLine line) {
            boolean isOfViews = this == SHOWS || this == WATCHED;
            return isOfViews == (line.kind() == LogLine.Kind.VIEW);
        }

        BigDecimal valueOf(List<LogLine> events) {
            BigDecimal value = null;
            for (LogLine event : events) {
                BigDecimal amount = event.amount();
                BigDecimal next =
                        switch (this) {
                            case READINGS, SHOWS -> value == null ? BigDecimal.ONE : value.add(BigDecimal.ONE);
                            case READING_SUM, WATCHED -> value == null ? amount : value.add(amount);
                            case READING_MIN -> value == null || amount.compareTo(value) < 0 ? amount : value;
                            case READING_MAX -> value == null || amount.compareTo(value) > 0 ? amount : value;
                        };
                value = next;
            }
            return value;
        }
    }

    private final List<LogLine> log;
    private final List<Long> buckets = new ArrayList<>();

    CountingOracle(List<LogLine> log, long widthMs) {
        this.log = log;
        Map<String, Long> newestByTopic = new HashMap<>();
        for (LogLine line : log) {
            String topic = line.type().topic();
            newestByTopic.merge(topic, line.appendTimeMs(), Long::max);
            long newest = newestByTopic.get(topic);
            buckets.add(newest - newest % widthMs);
        }
    }

    /** The events in each row; the horizon may depend on the bucket that a record lies in. */
    Map<OracleRow, List<LogLine>> rows(LongUnaryOperator horizonMsByBucket) {
        Map<OracleRow, List<LogLine>> rows = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            LogLine line = log.get(i);
            long bucketMs = buckets.get(i);
            if (!line.isEvent() || isTooOldOrAhead(line) || hasEarlier(i, horizonMsByBucket.applyAsLong(bucketMs))) {
                continue;
            }
            long cellMs = line.occurredAtMs() - line.occurredAtMs() % CELL_MS;
            for (OracleMeter meter : OracleMeter.values()) {
                if (meter.counts(line)) {
                    OracleRow row = new OracleRow(
                            meter.slug(),
                            line.account(),
                            cellMs,
                            bucketMs,
                            line.type().topic());
                    rows.computeIfAbsent(row, ignored -> new ArrayList<>()).add(line);
                }
            }
        }
        return rows;
    }

    List<Long> buckets() {
        return buckets;
    }

    private static boolean isTooOldOrAhead(LogLine line) {
        return line.occurredAtMs() - line.appendTimeMs() > MAX_AHEAD_MS
                || line.appendTimeMs() - line.occurredAtMs() > MAX_BEHIND_MS;
    }

    private boolean hasEarlier(int index, long horizonMs) {
        LogLine line = log.get(index);
        for (int i = 0; i < index; i++) {
            LogLine earlier = log.get(i);
            if (earlier.isEvent()
                    && earlier.type() == line.type()
                    && earlier.account().equals(line.account())
                    && earlier.source().equals(line.source())
                    && earlier.id().equals(line.id())
                    && buckets.get(i) >= buckets.get(index) - horizonMs) {
                return true;
            }
        }
        return false;
    }

    static String text(String slug, List<LogLine> events) {
        OracleMeter meter = OracleMeter.valueOf(slug.toUpperCase(Locale.ROOT));
        return events.size() + "|" + meter.valueOf(events).stripTrailingZeros().toPlainString();
    }
}
