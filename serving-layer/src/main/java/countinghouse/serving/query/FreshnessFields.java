package countinghouse.serving.query;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Uniques;
import countinghouse.serving.batchview.Generation;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.Freshness;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields that say where a number comes from and how far it can be trusted. Every answer with counts carries them. */
public final class FreshnessFields {
    /** What every number of so many digits has room in. */
    private static final int LONG_DIGITS = 18;

    private static final long ONE = BigDecimal.TEN.pow(Decimals.SCALE).longValueExact();

    private FreshnessFields() {}

    /** The fields of a whole answer, with its batch and speed parts. */
    public static Map<String, Object> of(Aggregation aggregation, CountAnswer answer) {
        Map<String, Object> fields = of(answer.freshness());
        fields.put("batch", number(answer.total().batch(aggregation)));
        fields.put("speed", number(answer.total().speed(aggregation)));
        if (!aggregation.isExact()) {
            fields.put("approximate", true);
            fields.put("relativeStandardError", Uniques.RELATIVE_STANDARD_ERROR);
        }
        return fields;
    }

    /** The fields without the parts; {@code generation} and {@code closedThrough} are null before the first publish. */
    public static Map<String, Object> of(Freshness freshness) {
        Generation generation = freshness.generation();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("generation", generation.isNone() ? null : generation.number());
        fields.put("closedThrough", generation.isNone() ? null : Instant.ofEpochMilli(generation.closedThroughMs()));
        fields.put("asOf", Instant.ofEpochMilli(freshness.asOfMs()));
        fields.put("quality", freshness.quality().text());
        fields.put("partial", freshness.partial());
        if (freshness.countedFromMs() != null) {
            fields.put("countedFrom", Instant.ofEpochMilli(freshness.countedFromMs()));
        }
        if (freshness.partial()) {
            fields.put("missing", freshness.missing());
        }
        return fields;
    }

    /** A value with exactly its digits; null stays null. */
    public static BigDecimal number(BigDecimal value) {
        if (value == null) {
            return null;
        }
        // Most numbers are whole ones at the platform's scale.
        if (value.scale() == Decimals.SCALE && value.precision() <= LONG_DIGITS) {
            long unscaled = value.unscaledValue().longValue();
            if (unscaled % ONE == 0) {
                return BigDecimal.valueOf(unscaled / ONE);
            }
        }
        return new BigDecimal(Decimals.text(value));
    }
}
