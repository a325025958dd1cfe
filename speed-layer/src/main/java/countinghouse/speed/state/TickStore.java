package countinghouse.speed.state;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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
 * The innermost store under a cache that Streams empties just before it commits: the {@code put} that arrives here then is the moment to
 * write the state, inside the transaction (ADR 0020). It holds nothing itself.
 */
final class TickStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final CommitHook hook = new CommitHook();
    private boolean open;

    TickStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        hook.disconnect();
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        hook.beforeCommit();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        hook.beforeCommit();
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return StateOf.answer(query, hook, this);
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public void close() {
        open = false;
        hook.disconnect();
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
        return null;
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        hook.beforeCommit();
        return null;
    }

    @Override
    public byte[] delete(Bytes key) {
        return null;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw new UnsupportedOperationException("The store '%s' holds nothing".formatted(name));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw new UnsupportedOperationException("The store '%s' holds nothing".formatted(name));
    }

    @Override
    public long approximateNumEntries() {
        return 0;
    }
}
