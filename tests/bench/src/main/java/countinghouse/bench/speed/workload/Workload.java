package countinghouse.bench.speed.workload;

import java.time.Duration;

/**
 * The work that every contestant is given: tickets served at counters, one meter's worth of counting per event. It is a pure function of
 * its parts, so that the log and the oracle are made from it independently of one another.
 *
 * <p>An account has one offering, so that counting by account and cell is counting by account, offering and cell; no peer has to
 * repartition. Accounts follow Zipf's law with exponent 1. Event time advances by {@link #SPAN} over the log, and one event in fifty is
 * up to as much late.
 *
 * @param seed of everything random
 * @param deliveries records on the log, duplicates included
 * @param endMs event time of the newest event, in ms since the epoch
 */
public record Workload(long seed, int deliveries, long endMs) {
    public static final int ACCOUNTS = 10_000;
    public static final Duration SPAN = Duration.ofHours(1);
    /** Of a hundred deliveries, how many repeat an earlier event. */
    public static final int DUPLICATES_PER_CENT = 2;

    static final int LATE_PER_CENT = 2;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** Who an event is for, and when it happened. */
    public record Served(int number, int account, long occurredAtMs) {}

    /** The event of a number, which counts up from 0 in the order of first deliveries. */
    public Served event(int number) {
        int account = Accounts.ofUniform(unit(number, 1));
        long behindMs = (long) (SPAN.toMillis() * (1 - (double) number / deliveries));
        boolean late = unit(number, 2) < LATE_PER_CENT / 100.0;
        long lateMs = late ? (long) (SPAN.toMillis() * unit(number, 3)) : 0;
        return new Served(number, account, endMs - behindMs - lateMs);
    }

    /** A random value that belongs to an event's number and a purpose. */
    long bits(int number, int purpose) {
        return mix(mix(seed + GOLDEN_GAMMA * purpose) + GOLDEN_GAMMA * (number + 1L));
    }

    private double unit(int number, int purpose) {
        return (bits(number, purpose) >>> 11) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
