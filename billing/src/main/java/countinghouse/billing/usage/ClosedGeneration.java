package countinghouse.billing.usage;

import java.time.Instant;

/**
 * A published generation of counts.
 *
 * @param number its number
 * @param closedThrough exclusive end of the last sealed ingest bucket in it
 * @param manifest what it was computed from and with (JSON): tags, offsets, versions
 */
public record ClosedGeneration(long number, Instant closedThrough, String manifest) {}
