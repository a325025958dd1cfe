package countinghouse.batch.evidence;

import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;

/**
 * What the raw events of a line come to.
 *
 * @param n events counted
 * @param value the meter's aggregate over them, at scale 9; 0 if there is none
 * @param fingerprint of them
 * @param listDigest SHA-256 in hex over the list of them (see {@link RawEvidence})
 */
public record LineEvidence(long n, BigDecimal value, Fingerprint fingerprint, String listDigest) {}
