package countinghouse.metering.meter;

import java.math.BigDecimal;
import java.util.List;

/**
 * What is counted, in OpenMeter's vocabulary.
 *
 * @param slug the meter's name in URLs, rows and plans
 * @param description for people
 * @param eventType CloudEvents type it counts
 * @param aggregation how contributions become one value
 * @param valueProperty the property aggregated, or for UNIQUE_COUNT the item; null for COUNT
 * @param multiplier what the property is multiplied by, exactly (e.g. 0.001 from ms to s)
 * @param where which events contribute; null for all
 * @param dimensions properties that rows are split by, sorted
 */
public record Meter(
        String slug,
        String description,
        String eventType,
        Aggregation aggregation,
        String valueProperty,
        BigDecimal multiplier,
        Predicate where,
        List<String> dimensions) {}
