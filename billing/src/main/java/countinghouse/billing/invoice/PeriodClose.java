package countinghouse.billing.invoice;

import java.time.Instant;

/**
 * A period whose usage is pinned.
 *
 * @param period label of the period
 * @param generation that every document of the period is made from
 * @param closedThrough of that generation
 * @param manifestDigest SHA-256 of the generation's manifest
 * @param runId of the run that closed it first
 */
public record PeriodClose(String period, long generation, Instant closedThrough, byte[] manifestDigest, String runId) {}
