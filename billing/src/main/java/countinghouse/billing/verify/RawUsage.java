package countinghouse.billing.verify;

import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;

/**
 * The usage of a line, recomputed from raw events.
 *
 * @param n number of counted events
 * @param value the meter's value over them
 * @param fingerprint of them
 * @param listDigest SHA-256 over them in the order of topic, partition, offset, in hex
 */
public record RawUsage(long n, BigDecimal value, Fingerprint fingerprint, String listDigest) {}
