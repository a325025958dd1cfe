package countinghouse.speed.epoch;

/**
 * Where an epoch begins to count a source partition.
 *
 * @param nextOffset of the first record it reads
 * @param runningMaximumMs of the append times before it
 * @param floorMs start of the first bucket whose rows it counts: before it, records only tell which ids were used
 */
record StartPoint(long nextOffset, long runningMaximumMs, long floorMs) {}
