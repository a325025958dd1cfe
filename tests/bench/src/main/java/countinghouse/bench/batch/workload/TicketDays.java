package countinghouse.bench.batch.workload;

import countinghouse.bench.batch.workload.Delivery.Ticket;

/**
 * Days of tickets as a broker would have appended them: a pure function of its parts, so that the archive and the oracle are made from it
 * independently of one another. Every partition gets as many records of a day, its accounts by Zipf's law. One record in fifty is
 * delivered again: half of those within the day, half from one of the 35 days before. One ticket in fifty is up to an hour late,
 * one in five hundred too old to be valid.
 *
 * @param seed of everything random
 * @param firstDay ingest day (days since the epoch) that the archive begins with
 * @param days of it
 * @param recordsPerPartition of a day
 */
public record TicketDays(long seed, int firstDay, int days, int recordsPerPartition) {
    public static final int PARTITIONS = 12;
    public static final long DAY_MS = 86_400_000;
    public static final long BUCKET_MS = 3_600_000;
    public static final long CELL_MS = 900_000;

    private static final int DUPLICATES_PER_CENT = 2;
    private static final int LATE_PER_CENT = 2;
    private static final int TOO_OLD_PER_MILLE = 2;
    private static final long TOO_OLD_MS = 36 * DAY_MS;
    private static final int REACH_DAYS = 35;
    private static final int REACH_RECORDS = 100_000;
    private static final int MOST_CENTS = 20_000;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** The records of all partitions in a day. */
    public int recordsPerDay() {
        return recordsPerPartition * PARTITIONS;
    }

    /** The last day. */
    public int lastDay() {
        return firstDay + days - 1;
    }

    /** What was delivered as the record of a number, from 0, of a day and partition. */
    public Delivery delivery(int day, int partition, int index) {
        int originDay = day;
        int origin = index;
        while (bits(originDay, partition, origin, 1) % 100 < DUPLICATES_PER_CENT) {
            long which = bits(originDay, partition, origin, 2);
            boolean earlierDay = (which & 1) == 0 && originDay > firstDay;
            if (earlierDay) {
                originDay -= 1 + (int) ((which >>> 1) % Math.min(REACH_DAYS, originDay - firstDay));
                origin = (int) ((which >>> 8) % recordsPerPartition);
            } else if (origin == 0) {
                break;
            } else {
                origin -= 1 + (int) ((which >>> 1) % Math.min(REACH_RECORDS, origin));
            }
        }
        return new Delivery(appendTimeMs(day, index), ticket(originDay, partition, origin));
    }

    /** When a record was appended; never decreases within a partition. */
    public long appendTimeMs(int day, int index) {
        return day * DAY_MS + DAY_MS * index / recordsPerPartition;
    }

    private Ticket ticket(int day, int partition, int index) {
        long ageMs = 0;
        if (bits(day, partition, index, 3) % 1000 < TOO_OLD_PER_MILLE) {
            ageMs = TOO_OLD_MS;
        } else if (bits(day, partition, index, 4) % 100 < LATE_PER_CENT) {
            ageMs = bits(day, partition, index, 5) % BUCKET_MS;
        }
        int account = TicketAccounts.of(partition).ofUniform((bits(day, partition, index, 6)) * 0x1.0p-63);
        long paid = bits(day, partition, index, 7);
        int cents = paid % 5 < 2 ? 1 + (int) ((paid >>> 8) % MOST_CENTS) : 0;
        return new Ticket(
                ((long) (day - firstDay) << Integer.SIZE) | index,
                account,
                appendTimeMs(day, index) - ageMs,
                cents,
                bits(day, partition, index, 8),
                bits(day, partition, index, 9));
    }

    /** A random value, not negative, that belongs to a place in the log and a purpose. */
    private long bits(int day, int partition, int index, int purpose) {
        long place = ((long) day * PARTITIONS + partition) << Integer.SIZE | index;
        return mix(mix(seed + GOLDEN_GAMMA * purpose) + GOLDEN_GAMMA * place) >>> 1;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
