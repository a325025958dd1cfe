package countinghouse.speed.state;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The innermost store of a change-logged stack whose state is an object on the heap. A {@code put} from above is only logged: the state
 * knows already what it asked to be written. Reading through the stack is not supported; the state is reached by {@link StateOf}.
 *
 * @param <S> the state
 */
public final class HeapStore<S extends RestorableState> implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final S state;
    private boolean open;

    HeapStore(String name, S state) {
        this.name = name;
        this.state = state;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Streams revives a corrupted task with the same store objects: nothing of the aborted transaction may survive.
        state.clear();
        context.register(root, (BatchingStateRestoreCallback) this::restore);
        open = true;
    }

    private void restore(Collection<KeyValue<byte[], byte[]>> entries) {
        entries.forEach(entry -> state.restore(entry.key, entry.value));
    }

    @Override
    public void put(Bytes key, byte[] value) {}

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {}

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return StateOf.answer(query, state, this);
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public void close() {
        open = false;
        state.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public byte[] get(Bytes key) {
        throw unsupported();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw unsupported();
    }

    @Override
    public byte[] delete(Bytes key) {
        throw unsupported();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw unsupported();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw unsupported();
    }

    @Override
    public long approximateNumEntries() {
        return state.size();
    }

    private UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(
                "The store '%s' is only written; its state is on the heap".formatted(name));
    }
}
