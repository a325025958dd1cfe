package countinghouse.speed.counts;

/**
 * How far a source partition is counted.
 *
 * @param nextOffset offset of the first record that is not in the counts
 * @param runningMaximumMs running maximum of append times of the records before it, ms since the epoch
 */
public record Progress(long nextOffset, long runningMaximumMs) {}
