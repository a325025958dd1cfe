package countinghouse.metering.identity;

import it.unimi.dsi.fastutil.longs.Long2ObjectRBTreeMap;
import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The identities of one partition within the horizon. A record is a duplicate if and only if an earlier record of its identity,
 * counted or not, lies within the horizon before it; so a duplicate renews its identity as much as a counted record does.
 *
 * <p>Invariant: {@code lastBucket} holds, for each identity, the newest bucket it was observed in, and {@code byBucket} lists it under
 * that bucket at least. Buckets must be observed in non-decreasing order, which a running maximum gives.
 */
public final class DuplicateWindow {
    private static final long NEVER = Long.MIN_VALUE;

    private final DuplicateHorizon horizon;
    private final Object2LongOpenHashMap<Identity> lastBucket = new Object2LongOpenHashMap<>();
    private final Long2ObjectRBTreeMap<List<Identity>> byBucket = new Long2ObjectRBTreeMap<>();

    public DuplicateWindow(DuplicateHorizon horizon) {
        this.horizon = horizon;
        lastBucket.defaultReturnValue(NEVER);
    }

    /** What the window learnt from one record. */
    public enum Verdict {
        /** No record of this identity lies within the horizon. */
        FIRST,
        /** A duplicate whose identity is now known in this bucket for the first time: durable state must record it. */
        DUPLICATE_RENEWED,
        /** A duplicate of a record in the same bucket: nothing new to remember. */
        DUPLICATE;

        public boolean isDuplicate() {
            return this != FIRST;
        }
    }

    /** Judges the next record of the partition and remembers it. */
    public Verdict observe(Identity identity, long bucket) {
        long last = lastBucket.getLong(identity);
        if (last == bucket) {
            return Verdict.DUPLICATE;
        }
        remember(identity, bucket);
        boolean within = last != NEVER && last >= horizon.oldestBucketFor(bucket);
        return within ? Verdict.DUPLICATE_RENEWED : Verdict.FIRST;
    }

    /** Remembers a record without judging it: for a look-back or a restore, in any order of buckets. */
    public void remember(Identity identity, long bucket) {
        if (lastBucket.getLong(identity) < bucket) {
            lastBucket.put(identity, bucket);
        }
        byBucket.computeIfAbsent(bucket, ignored -> new ArrayList<>()).add(identity);
    }

    /** Forgets the buckets that can no longer make a record of {@code bucket} a duplicate; tells which they were. */
    public void expire(long bucket, Consumer<Long> forgotten) {
        long oldest = horizon.oldestBucketFor(bucket);
        while (!byBucket.isEmpty() && byBucket.firstLongKey() < oldest) {
            long expired = byBucket.firstLongKey();
            for (Identity identity : byBucket.remove(expired)) {
                if (lastBucket.getLong(identity) == expired) {
                    lastBucket.removeLong(identity);
                }
            }
            forgotten.accept(expired);
        }
    }

    /** How many identities are held. */
    public int size() {
        return lastBucket.size();
    }
}
