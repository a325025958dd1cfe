package countinghouse.speed.dedup;

import countinghouse.metering.identity.DuplicateHorizon;

/**
 * The identities of one source partition within the horizon: recent ones in a table on the heap, the others in sorted runs on disk once the memory
 * budget is used up. The verdicts are those of {@link countinghouse.metering.identity.DuplicateWindow}, wherever an identity lies.
 */
final class IdentityWindow implements AutoCloseable {
    private static final int SMALLEST_CAPACITY = 64;
    private static final int LARGEST_CAPACITY = 1 << 26;
    private static final long NOTHING_EXPIRED = Long.MIN_VALUE;

    private final DuplicateHorizon horizon;
    private final DedupMemory memory;
    private final SpilledRuns spilled;
    private final IdentityTable table = new IdentityTable(SMALLEST_CAPACITY);
    /** Bytes of the table that were taken from the budget; the smallest table is free. */
    private long reservedBytes;

    private long oldestBucketMs = NOTHING_EXPIRED;

    IdentityWindow(DuplicateHorizon horizon, DedupMemory memory) {
        this.horizon = horizon;
        this.memory = memory;
        this.spilled = new SpilledRuns(memory);
    }

    /**
     * Judges the next record of the partition and remembers it.
     *
     * @param digest of its payload, to be compared with that of the first arrival
     */
    Sighting observe(long high, long low, long bucketMs, int digest) {
        int slot = table.slotOf(high, low);
        long lastMs;
        int firstDigest;
        if (table.isTaken(slot)) {
            lastMs = table.bucketMs(slot);
            firstDigest = table.digest(slot);
        } else {
            long[] entry = spilled.find(high, low);
            lastMs = entry == null ? Long.MIN_VALUE : entry[2];
            firstDigest = entry == null ? 0 : (int) entry[3];
        }
        if (lastMs == Long.MIN_VALUE || lastMs < horizon.oldestBucketFor(bucketMs)) {
            remember(high, low, bucketMs, digest);
            return new Sighting(Sighting.Kind.FIRST, true, digest);
        }
        boolean isRenewed = lastMs != bucketMs;
        if (isRenewed) {
            remember(high, low, bucketMs, firstDigest);
        }
        Sighting.Kind kind = firstDigest == digest ? Sighting.Kind.DUPLICATE : Sighting.Kind.CONFLICT;
        return new Sighting(kind, isRenewed, firstDigest);
    }

    /** Remembers a record without judging it. */
    void remember(long high, long low, long bucketMs, int digest) {
        int slot = table.slotOf(high, low);
        if (table.isTaken(slot)) {
            if (table.bucketMs(slot) < bucketMs) {
                table.put(slot, high, low, bucketMs, digest);
            }
            return;
        }
        table.put(slot, high, low, bucketMs, digest);
        spilled.identityAdded(oldestBucketMs);
        if (table.isFull()) {
            makeRoom();
        }
    }

    private void makeRoom() {
        table.expire(oldestBucketMs);
        // Half full at least, or the next time would follow too soon.
        if (table.size() * 2L < table.capacity()) {
            return;
        }
        long growthBytes = (long) table.capacity() * IdentityTable.SLOT_BYTES;
        if (table.capacity() < LARGEST_CAPACITY && memory.reserveTable(growthBytes)) {
            reservedBytes += growthBytes;
            table.grow();
        } else {
            spilled.add(table, oldestBucketMs);
        }
    }

    /** Forgets the identities last seen before a bucket. */
    void expire(long oldestNeededMs) {
        if (oldestNeededMs <= oldestBucketMs) {
            return;
        }
        oldestBucketMs = oldestNeededMs;
        spilled.expire(oldestNeededMs);
    }

    /** How many identities are held within the horizon. */
    long size() {
        table.expire(oldestBucketMs);
        return table.size() + spilled.size();
    }

    long spilledSize() {
        return spilled.size();
    }

    @Override
    public void close() {
        spilled.close();
        memory.releaseTable(reservedBytes);
        reservedBytes = 0;
    }
}
