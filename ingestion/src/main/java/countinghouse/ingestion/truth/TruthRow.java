package countinghouse.ingestion.truth;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What the platform must count for one hour of event time.
 *
 * @param meter slug
 * @param account the account it counts for
 * @param dimensions by name
 * @param hour start of the UTC hour of the events' times
 * @param n events that contribute
 * @param value their aggregate, exact
 */
public record TruthRow(
        String meter, String account, SortedMap<String, String> dimensions, Instant hour, long n, BigDecimal value) {}
