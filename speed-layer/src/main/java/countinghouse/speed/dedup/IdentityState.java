package countinghouse.speed.dedup;

import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.speed.state.ChangelogWriter;
import countinghouse.speed.state.RestorableState;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The identities that the source partitions of one task saw within the horizon. */
public final class IdentityState implements RestorableState {
    private final DuplicateHorizon horizon;
    private final DedupMemory memory;
    private final Map<TopicPartition, SourceIdentities> sources = new HashMap<>();

    /** State whose memory has no bound. */
    public IdentityState(DuplicateHorizon horizon) {
        this(horizon, DedupMemory.unlimited());
    }

    /** State within a budget that it shares with other tasks. */
    public IdentityState(DuplicateHorizon horizon, DedupMemory memory) {
        this.horizon = horizon;
        this.memory = memory;
    }

    /**
     * Judges the next record of a source and remembers it.
     *
     * @param payloadDigest of the record; another one than that of the first arrival makes it a conflict
     */
    public Sighting.Kind observe(TopicPartition source, Identity identity, long bucketMs, int payloadDigest) {
        return of(source).observe(identity, bucketMs, payloadDigest);
    }

    /** Forgets what can no longer make a record of the bucket a duplicate. */
    public void expire(TopicPartition source, long bucketMs) {
        of(source).expire(bucketMs);
    }

    /** Writes new identities in chunks, and tombstones of forgotten ones. */
    public void flush(ChangelogWriter changelog) {
        sources.values().forEach(source -> source.flush(changelog));
    }

    @Override
    public void clear() {
        sources.values().forEach(SourceIdentities::close);
        sources.clear();
    }

    @Override
    public void restore(byte[] key, byte[] value) {
        ChunkKey chunk = ChunkKey.decode(key);
        if (value == null) {
            of(chunk.source()).restoreTombstone(chunk);
        } else {
            of(chunk.source()).restore(chunk, value);
        }
    }

    @Override
    public long size() {
        return sources.values().stream().mapToLong(SourceIdentities::size).sum();
    }

    /** Identities on disk. */
    public long spilledSize() {
        return sources.values().stream()
                .mapToLong(SourceIdentities::spilledSize)
                .sum();
    }

    private SourceIdentities of(TopicPartition source) {
        return sources.computeIfAbsent(source, ignored -> new SourceIdentities(source, horizon, memory));
    }
}
