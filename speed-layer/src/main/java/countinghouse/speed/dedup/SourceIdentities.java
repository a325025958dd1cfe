package countinghouse.speed.dedup;

import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.speed.state.ChangelogWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The identities of one source partition within the horizon, and what of them the changelog does not hold yet. */
final class SourceIdentities implements AutoCloseable {
    private final TopicPartition source;
    private final DuplicateHorizon horizon;
    private final IdentityWindow window;
    /** Per bucket, how many chunks the changelog holds. */
    private final SortedMap<Long, Integer> chunksWritten = new TreeMap<>();
    /** Per bucket, chunks of identities that the changelog does not hold; only the last of them may have room. */
    private final SortedMap<Long, List<IdentityChunk>> unwritten = new TreeMap<>();

    /** The last of the bucket that records lie in now; null if there is none. */
    private IdentityChunk openChunk;

    private long openBucketMs;

    private final List<ChunkKey> tombstones = new ArrayList<>();
    /** What lies before this bucket was forgotten already. */
    private long expiredBelowMs = Long.MIN_VALUE;

    SourceIdentities(TopicPartition source, DuplicateHorizon horizon, DedupMemory memory) {
        this.source = source;
        this.horizon = horizon;
        this.window = new IdentityWindow(horizon, memory);
    }

    Sighting.Kind observe(Identity identity, long bucketMs, int digest) {
        Sighting sighting = window.observe(identity.high(), identity.low(), bucketMs, digest);
        if (sighting.isNews()) {
            openChunk(bucketMs).add(identity.high(), identity.low(), sighting.firstDigest());
        }
        return sighting.kind();
    }

    private IdentityChunk openChunk(long bucketMs) {
        if (openChunk == null || openBucketMs != bucketMs || openChunk.isFull()) {
            openChunk = new IdentityChunk();
            openBucketMs = bucketMs;
            unwritten.computeIfAbsent(bucketMs, ignored -> new ArrayList<>()).add(openChunk);
        }
        return openChunk;
    }

    void expire(long bucketMs) {
        long oldestMs = horizon.oldestBucketFor(bucketMs);
        if (oldestMs <= expiredBelowMs) {
            return;
        }
        expiredBelowMs = oldestMs;
        window.expire(oldestMs);
        unwritten.headMap(oldestMs).clear();
        if (openBucketMs < oldestMs) {
            openChunk = null;
        }
        SortedMap<Long, Integer> expired = chunksWritten.headMap(oldestMs);
        expired.forEach((expiredMs, chunks) -> {
            for (int number = 0; number < chunks; number++) {
                tombstones.add(new ChunkKey(source, expiredMs, number));
            }
        });
        expired.clear();
    }

    void flush(ChangelogWriter changelog) {
        unwritten.forEach((bucketMs, chunks) -> {
            int number = chunksWritten.getOrDefault(bucketMs, 0);
            for (IdentityChunk chunk : chunks) {
                changelog.write(new ChunkKey(source, bucketMs, number++).encode(), chunk.encode());
            }
            chunksWritten.put(bucketMs, number);
        });
        unwritten.clear();
        openChunk = null;
        tombstones.forEach(key -> changelog.write(key.encode(), null));
        tombstones.clear();
    }

    void restore(ChunkKey key, byte[] chunk) {
        chunksWritten.merge(key.bucketMs(), key.number() + 1, Math::max);
        IdentityChunk.decode(chunk, (high, low, digest) -> window.remember(high, low, key.bucketMs(), digest));
    }

    /** A tombstone says that this bucket and every earlier one had left the horizon, so none of them is needed again. */
    void restoreTombstone(ChunkKey key) {
        window.expire(key.bucketMs() + 1);
        chunksWritten.headMap(key.bucketMs() + 1).clear();
    }

    long size() {
        return window.size();
    }

    long spilledSize() {
        return window.spilledSize();
    }

    @Override
    public void close() {
        window.close();
    }
}
