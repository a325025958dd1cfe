package countinghouse.speed.projector;

import countinghouse.speed.projector.RowBatch.Hash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which {@code account meter} pairs to announce on the live channel: each at most four times a second, and always once more after its
 * last change.
 */
final class LiveHints {
    static final Duration INTERVAL = Duration.ofMillis(250);

    private final Set<Hash> pending = new LinkedHashSet<>();
    private final Map<Hash, Long> announcedMs = new HashMap<>();

    void changed(Set<Hash> hashes) {
        pending.addAll(hashes);
    }

    /** The pairs to announce now, as messages. */
    List<String> due(long nowMs) {
        announcedMs.values().removeIf(announced -> nowMs - announced >= INTERVAL.toMillis());
        List<String> messages = new ArrayList<>();
        pending.removeIf(hash -> {
            if (announcedMs.putIfAbsent(hash, nowMs) != null) {
                return false;
            }
            messages.add(hash.account() + " " + hash.meter());
            return true;
        });
        return messages;
    }
}
