package countinghouse.serving.speedview;

import countinghouse.metering.row.Measure;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.Uniques;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One row of the speed layer, of a known account and meter.
 *
 * @param bucketMs start of the ingest bucket
 * @param cellMs start of the cell of event time; of a total, of the first
 * @param lastCellMs the same; of a total, start of the last
 * @param dimensions canonical text
 * @param n events
 * @param measure by the meter's aggregation
 */
public record SpeedRow(long bucketMs, long cellMs, long lastCellMs, String dimensions, long n, Measure measure) {
    private static final String NO_DIMENSIONS = "{}";
    private static final char SEPARATOR = '|';
    private static final List<Quantity> DIGITS = IntStream.range(0, 10)
            .mapToObj(digit -> new Quantity(BigDecimal.valueOf(digit)))
            .toList();

    /**
     * The rows of a Redis hash in the form of {@link countinghouse.metering.row.RowText}. Reading every account parses every row, and most of
     * a row's text (partition, fingerprint) is not needed here, so it is skipped instead of parsed.
     */
    static List<SpeedRow> parse(Map<String, String> hash) {
        // Many rows share few texts; one copy of each keeps the cache small.
        Map<String, String> texts = new HashMap<>();
        List<SpeedRow> rows = new ArrayList<>(hash.size());
        hash.forEach((field, value) -> rows.add(parse(field, value, texts)));
        return rows;
    }

    private static SpeedRow parse(String field, String text, Map<String, String> texts) {
        int bucketEnd = separator(field, 0);
        int cellEnd = separator(field, bucketEnd + 1);
        int partitionEnd = separator(field, cellEnd + 1);
        int nEnd = separator(text, 0);
        int valueEnd = separator(text, nEnd + 1);
        int fingerprintEnd = text.indexOf(SEPARATOR, valueEnd + 1);
        long cellMs = Long.parseLong(field, bucketEnd + 1, cellEnd, 10);
        return new SpeedRow(
                Long.parseLong(field, 0, bucketEnd, 10),
                cellMs,
                cellMs,
                texts.computeIfAbsent(field.substring(partitionEnd + 1), same -> same),
                Long.parseLong(text, 0, nEnd, 10),
                fingerprintEnd < 0
                        ? quantity(text.substring(nEnd + 1, valueEnd))
                        : Uniques.ofBytes(Base64.getDecoder().decode(text.substring(fingerprintEnd + 1))));
    }

    /** The rows of an account and meter as the projector has summed them: one per bucket, without dimensions. */
    static List<SpeedRow> parseTotals(Map<String, String> hash) {
        List<SpeedRow> totals = new ArrayList<>(hash.size());
        hash.forEach((bucket, text) -> {
            String[] parts = text.split("\\|", 4);
            totals.add(new SpeedRow(
                    Long.parseLong(bucket),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    NO_DIMENSIONS,
                    Long.parseLong(parts[0]),
                    quantity(parts[1])));
        });
        return totals;
    }

    private static int separator(String text, int from) {
        int index = text.indexOf(SEPARATOR, from);
        if (index < 0) {
            throw new IllegalArgumentException("'%s' is not part of a count row".formatted(text));
        }
        return index;
    }

    /** Small whole numbers, as most rows have them, share one object. */
    private static Quantity quantity(String text) {
        return text.length() == 1 ? DIGITS.get(Integer.parseInt(text)) : new Quantity(new BigDecimal(text));
    }
}
