package countinghouse.speed.dedup;

import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.DuplicateWindow;
import countinghouse.metering.identity.DuplicateWindow.Verdict;
import countinghouse.metering.identity.Identity;
import countinghouse.speed.state.ChangelogWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The identities of one source partition within the horizon, and what of them the changelog does not hold yet. */
final class SourceIdentities {
    private final TopicPartition source;
    private final DuplicateHorizon horizon;
    private final DuplicateWindow window;
    /** Per bucket, how many chunks the changelog holds. */
    private final Map<Long, Integer> chunksWritten = new TreeMap<>();
    /** Per bucket, identities that no chunk holds yet. */
    private final Map<Long, List<Identity>> unwritten = new TreeMap<>();

    private final List<ChunkKey> tombstones = new ArrayList<>();

    SourceIdentities(TopicPartition source, DuplicateHorizon horizon) {
        this.source = source;
        this.horizon = horizon;
        this.window = new DuplicateWindow(horizon);
    }

    boolean isDuplicate(Identity identity, long bucketMs) {
        Verdict verdict = window.observe(identity, bucketMs);
        if (verdict != Verdict.DUPLICATE) {
            unwritten.computeIfAbsent(bucketMs, ignored -> new ArrayList<>()).add(identity);
        }
        return verdict.isDuplicate();
    }

    void expire(long bucketMs) {
        window.expire(bucketMs, this::forget);
    }

    private void forget(long bucketMs) {
        unwritten.remove(bucketMs);
        Integer chunks = chunksWritten.remove(bucketMs);
        for (int number = 0; chunks != null && number < chunks; number++) {
            tombstones.add(new ChunkKey(source, bucketMs, number));
        }
    }

    void flush(ChangelogWriter changelog) {
        unwritten.forEach((bucketMs, identities) -> write(bucketMs, identities, changelog));
        unwritten.clear();
        tombstones.forEach(key -> changelog.write(key.encode(), null));
        tombstones.clear();
    }

    private void write(long bucketMs, List<Identity> identities, ChangelogWriter changelog) {
        int number = chunksWritten.getOrDefault(bucketMs, 0);
        for (int from = 0; from < identities.size(); from += IdentityChunk.MAX_IDENTITIES) {
            int to = Math.min(identities.size(), from + IdentityChunk.MAX_IDENTITIES);
            byte[] chunk = IdentityChunk.encode(identities.subList(from, to));
            changelog.write(new ChunkKey(source, bucketMs, number).encode(), chunk);
            number++;
        }
        chunksWritten.put(bucketMs, number);
    }

    void restore(ChunkKey key, byte[] chunk) {
        chunksWritten.merge(key.bucketMs(), key.number() + 1, Math::max);
        IdentityChunk.decode(chunk, identity -> window.remember(identity, key.bucketMs()));
    }

    /** A tombstone says that this bucket and every earlier one had left the horizon, so none of them is needed again. */
    void restoreTombstone(ChunkKey key) {
        window.expire(key.bucketMs() + horizon.horizonMs() + 1, chunksWritten::remove);
    }

    int size() {
        return window.size();
    }
}
