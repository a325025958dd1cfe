package countinghouse.serving.speedview;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One {@link TrackedConnection} to each master of a Redis Cluster. What makes a single one exact holds for each: {@link #state} awaits a
 * command on every connection, so every invalidation that any master had sent before has been taken note of.
 *
 * <p>A slot that moves, and a master that is replaced, fail a command. All connections are given up then, and with them everything that was
 * remembered: whoever opens the next ones asks for the new layout.
 */
final class TrackedCluster implements SpeedReads {
    private final List<TrackedConnection> masters;
    private final TrackedConnection[] bySlot;

    /**
     * Takes over connections.
     *
     * @param bySlot the master of each slot
     * @throws RedisException if a slot has none
     */
    TrackedCluster(List<TrackedConnection> masters, TrackedConnection[] bySlot) {
        this.masters = List.copyOf(masters);
        this.bySlot = bySlot.clone();
        for (int slot = 0; slot < SlotHash.SLOT_COUNT; slot++) {
            if (bySlot[slot] == null) {
                throw new RedisException(
                        "No master of the Redis Cluster serves slot %d; assign it, or wait for the failover"
                                .formatted(slot));
            }
        }
    }

    @Override
    public boolean isOpen() {
        return masters.stream().allMatch(TrackedConnection::isOpen);
    }

    @Override
    public CompletableFuture<List<String>> state() {
        List<CompletableFuture<?>> replies = new ArrayList<>();
        masters.forEach(master -> replies.add(master.ping()));
        List<CompletableFuture<String>> words = TrackedConnection.STATE_KEYS.stream()
                .map(key -> of(key).value(key))
                .toList();
        replies.addAll(words);
        return watched(CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .thenApply(
                        ignored -> words.stream().map(CompletableFuture::join).toList()));
    }

    /** Unknown: the masters' answers have no common order. */
    @Override
    public List<String> knownState() {
        return null;
    }

    /** Masters answer in no common order. */
    @Override
    public boolean keepsOrder() {
        return false;
    }

    /** Whoever asks has compared the earlier state with a later one. */
    @Override
    public boolean heldUntilNow(List<String> earlier) {
        return true;
    }

    @Override
    public CompletableFuture<List<SpeedRow>> remembered(String key) {
        return of(key).remembered(key);
    }

    @Override
    public boolean isRemembered(String key, List<SpeedRow> earlier) {
        return of(key).isRemembered(key, earlier);
    }

    @Override
    public CompletableFuture<List<SpeedRow>> rows(String key) {
        return read(key, master -> master.rows(key));
    }

    @Override
    public CompletableFuture<List<SpeedRow>> totals(String key) {
        return read(key, master -> master.totals(key));
    }

    @Override
    public CompletableFuture<Map<String, String>> hash(String key) {
        return read(key, master -> master.hash(key));
    }

    @Override
    public CompletableFuture<List<String>> highest(String key, int limit) {
        return read(key, master -> master.highest(key, limit));
    }

    @Override
    public CompletableFuture<Set<String>> matching(String key, String pattern) {
        return read(key, master -> master.matching(key, pattern));
    }

    @Override
    public CompletableFuture<List<String>> fields(String key, List<String> names) {
        return read(key, master -> master.fields(key, names));
    }

    @Override
    public CompletableFuture<Set<String>> members(String key) {
        return read(key, master -> master.members(key));
    }

    private <T> CompletableFuture<T> read(String key, Function<TrackedConnection, CompletableFuture<T>> question) {
        return watched(question.apply(of(key)));
    }

    private TrackedConnection of(String key) {
        return bySlot[SlotHash.getSlot(key)];
    }

    private <T> CompletableFuture<T> watched(CompletableFuture<T> reply) {
        return reply.whenComplete((value, failure) -> {
            if (failure != null) {
                masters.forEach(TrackedConnection::abandon);
            }
        });
    }

    @Override
    public void close() {
        masters.forEach(TrackedConnection::close);
    }
}
