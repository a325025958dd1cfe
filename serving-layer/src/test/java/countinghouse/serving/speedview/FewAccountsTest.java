package countinghouse.serving.speedview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.row.Quantity;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.speedview.SpeedView.Detail;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What may happen between the commands of one read lasts microseconds on a real Redis; here it happens when it is told to. */
class FewAccountsTest {
    private static final List<String> FIRST = state("1", "live");
    private static final List<String> SECOND = state("2", "live");

    @Test
    void shouldReadAgainWhenTheEpochWasLeftWhileItsRowsWereRead() {
        Scripted redis = new Scripted(FIRST);
        // The rows of the first epoch are deleted already when they are read.
        redis.rows.put(RedisKeys.rows("a", "views", 2), rows(7));
        redis.states.add(SECOND);
        redis.states.add(SECOND);

        SpeedSnapshot snapshot = read(redis).join();

        assertThat(snapshot.rows().get("a")).containsExactlyElementsOf(rows(7));
        assertThat(snapshot.missing()).isNull();
    }

    @Test
    void shouldReadAgainWhenRowsBecameWholeWhileTheyWereRead() {
        Scripted redis = new Scripted(state("1", "rebuilding|50"));
        redis.rows.put(RedisKeys.rows("a", "views", 1), rows(3));
        redis.changes.add(() -> redis.rows.put(RedisKeys.rows("a", "views", 1), rows(7)));
        redis.forgets = true;
        redis.states.add(FIRST);
        redis.states.add(FIRST);

        assertThat(read(redis).join().rows().get("a")).containsExactlyElementsOf(rows(7));
    }

    @Test
    void shouldReadAgainWhenTheStateWentAndCameBack() {
        Scripted redis = new Scripted(FIRST);
        redis.rows.put(RedisKeys.rows("a", "views", 1), rows(3));
        // A flush, and everything written anew: the state is equal, but not the one that was known.
        redis.changes.add(() -> {
            redis.known = List.copyOf(new ArrayList<>(FIRST));
            redis.rows.put(RedisKeys.rows("a", "views", 1), rows(7));
        });
        redis.forgets = true;
        redis.states.add(FIRST);
        redis.states.add(FIRST);

        assertThat(read(redis).join().rows().get("a")).containsExactlyElementsOf(rows(7));
    }

    @Test
    void shouldReadAgainWhatIsNoLongerRemembered() {
        Scripted redis = new Scripted(FIRST);
        redis.remembered.put(RedisKeys.rows("a", "views", 1), CompletableFuture.completedFuture(rows(3)));
        redis.rows.put(RedisKeys.rows("a", "views", 1), rows(7));
        redis.changes.add(redis.remembered::clear);
        redis.states.add(FIRST);
        redis.states.add(FIRST);

        assertThat(read(redis).join().rows().get("a")).containsExactlyElementsOf(rows(7));
    }

    @Test
    void shouldGiveUpWhenEverythingChangesAllTheTime() {
        Scripted redis = new Scripted(FIRST);
        redis.states.add(SECOND);
        redis.states.add(state("3", "live"));
        redis.states.add(state("4", "live"));

        assertThatThrownBy(() -> read(redis).join()).hasCauseInstanceOf(SpeedUnavailableException.class);
    }

    @Test
    void shouldAskForTheStateOnlyWhenTheRowsAreThereWhereCommandsMayOvertakeEachOther() {
        Scripted redis = new Scripted(FIRST);
        redis.late.add(RedisKeys.rows("a", "views", 1));
        redis.states.add(FIRST);

        CompletableFuture<SpeedSnapshot> snapshot = read(redis);

        assertThat(redis.states).as("not asked for yet").hasSize(1);
        redis.asked.get(0).complete(rows(7));
        assertThat(snapshot.join().rows().get("a")).containsExactlyElementsOf(rows(7));
    }

    @Test
    void shouldAskForRowsAndStateAtOnceWhereCommandsKeepTheirOrder() {
        Scripted redis = new Scripted(FIRST);
        redis.keepsOrder = true;
        redis.late.add(RedisKeys.rows("a", "views", 1));
        redis.states.add(FIRST);

        CompletableFuture<SpeedSnapshot> snapshot = read(redis);

        assertThat(redis.states).as("asked for").isEmpty();
        assertThat(snapshot).as("the rows are not there").isNotDone();
        redis.asked.get(0).complete(rows(7));
        assertThat(snapshot.join().rows().get("a")).containsExactlyElementsOf(rows(7));
    }

    @Test
    void shouldReadAgainWhenTheEpochWasLeftAlthoughCommandsKeepTheirOrder() {
        Scripted redis = new Scripted(FIRST);
        redis.keepsOrder = true;
        redis.rows.put(RedisKeys.rows("a", "views", 2), rows(7));
        redis.states.add(SECOND);
        redis.states.add(SECOND);

        assertThat(read(redis).join().rows().get("a")).containsExactlyElementsOf(rows(7));
    }

    private static CompletableFuture<SpeedSnapshot> read(SpeedReads redis) {
        return new FewAccounts(redis, "views", Set.of("a"), Detail.ROWS).read();
    }

    private static List<String> state(String epoch, String state) {
        return List.of(epoch, "", state, "");
    }

    private static List<SpeedRow> rows(int value) {
        return List.of(new SpeedRow(0, 0, 0, "{}", value, new Quantity(BigDecimal.valueOf(value))));
    }

    /** Answers with states in turn; before each, something changes. */
    private static final class Scripted implements SpeedReads {
        private final Map<String, List<SpeedRow>> rows = new HashMap<>();
        private final Map<String, CompletableFuture<List<SpeedRow>>> remembered = new HashMap<>();
        private final Deque<List<String>> states = new ArrayDeque<>();
        private final Deque<Runnable> changes = new ArrayDeque<>();
        private List<String> known;
        private final Set<String> late = new HashSet<>();
        private final List<CompletableFuture<List<SpeedRow>>> asked = new ArrayList<>();
        private boolean forgets;
        private boolean keepsOrder;

        private Scripted(List<String> known) {
            this.known = known;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public CompletableFuture<List<String>> state() {
            if (!changes.isEmpty()) {
                changes.remove().run();
            }
            List<String> next = states.remove();
            if (!next.equals(known)) {
                known = next;
            }
            return CompletableFuture.completedFuture(known);
        }

        @Override
        public List<String> knownState() {
            return known;
        }

        @Override
        public boolean heldUntilNow(List<String> earlier) {
            return known == earlier;
        }

        @Override
        public boolean keepsOrder() {
            return keepsOrder;
        }

        @Override
        public CompletableFuture<List<SpeedRow>> remembered(String key) {
            return remembered.get(key);
        }

        @Override
        public boolean isRemembered(String key, List<SpeedRow> earlier) {
            return remembered.containsKey(key) && remembered.get(key).join() == earlier;
        }

        @Override
        public CompletableFuture<List<SpeedRow>> rows(String key) {
            CompletableFuture<List<SpeedRow>> read = late.contains(key)
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture(rows.getOrDefault(key, List.of()));
            asked.add(read);
            if (!forgets) {
                remembered.put(key, read);
            }
            return read;
        }

        @Override
        public CompletableFuture<List<SpeedRow>> totals(String key) {
            return rows(key);
        }

        @Override
        public CompletableFuture<Map<String, String>> hash(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<List<String>> highest(String key, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Set<String>> matching(String key, String pattern) {
            throw new UnsupportedOperationException("not of a few accounts");
        }

        @Override
        public CompletableFuture<List<String>> fields(String key, List<String> names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Set<String>> members(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
