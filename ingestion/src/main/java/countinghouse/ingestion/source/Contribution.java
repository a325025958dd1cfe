package countinghouse.ingestion.source;

import java.math.BigDecimal;
import java.util.SortedMap;

/**
 * What the generator knows that one event counts for, once.
 *
 * @param meter slug of a default meter
 * @param account the account it counts for
 * @param dimensions by name
 * @param value contribution; 1 for counts
 */
public record Contribution(String meter, String account, SortedMap<String, String> dimensions, BigDecimal value) {}
