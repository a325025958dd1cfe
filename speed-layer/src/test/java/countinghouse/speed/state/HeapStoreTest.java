package countinghouse.speed.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.junit.jupiter.api.Test;

class HeapStoreTest {
    private static final Bytes KEY = Bytes.wrap(new byte[] {1});

    private final ListState state = new ListState();
    private final HeapStore<ListState> store = new HeapStore<>("store", state);
    private final Registrations registrations = new Registrations();

    @Test
    void shouldRestoreItsStateThroughTheCallbackOfTheOutermostStore() {
        HeapStore<ListState> root = new HeapStore<>("root", new ListState());
        store.init(registrations.context(), root);

        registrations.callback.restoreAll(List.of(entry("a", "1"), entry("b", null)));

        assertThat(registrations.store).isSameAs(root);
        assertThat(state.entries).containsExactly("a=1", "b=null");
        assertThat(store.approximateNumEntries()).isEqualTo(2);
        assertThat(store.isOpen()).isTrue();
        assertThat(store.persistent()).isFalse();
    }

    @Test
    void shouldBeginEmptyWhenATaskIsRevivedWithTheSameObjects() {
        store.init(registrations.context(), store);
        registrations.callback.restoreAll(List.of(entry("aborted", "1")));

        store.init(registrations.context(), store);

        assertThat(state.entries).isEmpty();
    }

    @Test
    void shouldForgetItsStateWhenItCloses() {
        store.init(registrations.context(), store);
        registrations.callback.restoreAll(List.of(entry("a", "1")));

        store.close();

        assertThat(state.entries).isEmpty();
        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void shouldLeaveThePutToTheChangelogAbove() {
        store.put(KEY, new byte[0]);
        store.putAll(List.of(KeyValue.pair(KEY, new byte[0])));

        assertThat(state.entries).isEmpty();
        assertThat(store.getPosition()).isEqualTo(Position.emptyPosition());
    }

    @Test
    void shouldHandOutItsStateAndNothingElse() {
        assertThat(StateOf.in(store, ListState.class)).isSameAs(state);
        assertThatThrownBy(() -> StateOf.in(store, String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds no String");
    }

    @Test
    void shouldRefuseReads() {
        assertThatThrownBy(() -> store.get(KEY)).hasMessageContaining("only written");
        assertThatThrownBy(() -> store.delete(KEY)).hasMessageContaining("only written");
        assertThatThrownBy(() -> store.putIfAbsent(KEY, null)).hasMessageContaining("only written");
        assertThatThrownBy(store::all).hasMessageContaining("only written");
        assertThatThrownBy(() -> store.range(KEY, KEY)).hasMessageContaining("only written");
    }

    @Test
    void shouldFlushOnEveryPutIntoTheTickStoreUntilItIsDisconnected() {
        TickStore tick = new TickStore("tick");
        tick.init(registrations.context(), tick);
        CommitHook hook = StateOf.in(tick, CommitHook.class);
        List<String> flushes = new ArrayList<>();
        hook.connect(() -> flushes.add("flush"));

        tick.put(KEY, new byte[0]);
        tick.putAll(List.of());
        assertThat(flushes).hasSize(2);

        tick.close();
        tick.put(KEY, new byte[0]);
        assertThat(flushes).hasSize(2);
    }

    private static KeyValue<byte[], byte[]> entry(String key, String value) {
        return KeyValue.pair(bytes(key), value == null ? null : bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class ListState implements RestorableState {
        private final List<String> entries = new ArrayList<>();

        @Override
        public void clear() {
            entries.clear();
        }

        @Override
        public void restore(byte[] key, byte[] value) {
            String text = value == null ? "null" : new String(value, StandardCharsets.UTF_8);
            entries.add(new String(key, StandardCharsets.UTF_8) + "=" + text);
        }

        @Override
        public long size() {
            return entries.size();
        }
    }

    /** Takes the registration that Streams would. */
    private static final class Registrations {
        private StateStore store;
        private BatchingStateRestoreCallback callback;

        private StateStoreContext context() {
            return (StateStoreContext) Proxy.newProxyInstance(
                    StateStoreContext.class.getClassLoader(),
                    new Class<?>[] {StateStoreContext.class},
                    (proxy, method, arguments) -> {
                        store = (StateStore) arguments[0];
                        if (arguments[1] instanceof BatchingStateRestoreCallback batching) {
                            callback = batching;
                        }
                        return null;
                    });
        }
    }
}
