package countinghouse.speed.live;

import countinghouse.speed.state.ChangelogWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The entries of one live view, and which of them changed since the last flush.
 *
 * @param <V> an entry
 */
final class LiveTable<V> {
    private final Map<LiveKey, V> entries = new HashMap<>();
    private final Set<LiveKey> changed = new HashSet<>();

    void clear() {
        entries.clear();
        changed.clear();
    }

    V get(LiveKey key) {
        return entries.get(key);
    }

    void put(LiveKey key, V entry) {
        entries.put(key, entry);
        changed.add(key);
    }

    void remove(LiveKey key) {
        if (entries.remove(key) != null) {
            changed.add(key);
        }
    }

    void removeIf(Predicate<V> condition) {
        entries.entrySet().removeIf(entry -> {
            boolean gone = condition.test(entry.getValue());
            if (gone) {
                changed.add(entry.getKey());
            }
            return gone;
        });
    }

    /** Takes an entry of the changelog; null for a tombstone. */
    void restore(LiveKey key, V entry) {
        if (entry == null) {
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
    }

    void flush(ChangelogWriter changelog, Function<V, String> text) {
        for (LiveKey key : changed) {
            V entry = entries.get(key);
            changelog.write(LiveCodec.encodeKey(key), entry == null ? null : LiveCodec.encodeValue(text.apply(entry)));
        }
        changed.clear();
    }

    int size() {
        return entries.size();
    }
}
