package countinghouse.serving.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads a large cache without moving what it finds (ADR 0170). Each noted read links an entry anew, and its neighbours; the collector then
 * walks every page of the old heap that was touched so, at every collection. One read in a few is noted: enough to tell what is asked for often.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class QuietReads<K, V> {
    /** A power of two. */
    private static final int ONE_NOTED_OF = 16;

    private final Cache<K, V> cache;
    private final Policy<K, V> policy;

    public QuietReads(Cache<K, V> cache) {
        this.cache = cache;
        this.policy = cache.policy();
    }

    /** What the cache has; null if it has nothing, or it is being computed. */
    public V get(K key) {
        return (ThreadLocalRandom.current().nextInt() & (ONE_NOTED_OF - 1)) == 0
                ? cache.getIfPresent(key)
                : policy.getIfPresentQuietly(key);
    }
}
