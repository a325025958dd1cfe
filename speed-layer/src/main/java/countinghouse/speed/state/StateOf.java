package countinghouse.speed.state;

import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;

/**
 * Asks a stack of stores for the object inside its innermost one. Streams wraps every store several times, and hands queries that it
 * does not know down to the innermost: the one public way there.
 *
 * @param <S> the object inside
 */
public record StateOf<S>(Class<S> type) implements Query<S> {
    /**
     * The object inside a store.
     *
     * @throws IllegalStateException if the innermost store holds something else
     */
    public static <S> S in(StateStore store, Class<S> type) {
        QueryResult<S> result = store.query(new StateOf<>(type), PositionBound.unbounded(), new QueryConfig(false));
        if (result.isFailure()) {
            throw new IllegalStateException("The store '%s' holds no %s: %s"
                    .formatted(store.name(), type.getSimpleName(), result.getFailureMessage()));
        }
        return result.getResult();
    }

    @SuppressWarnings("unchecked") // The type was checked, and R is the type that the query names.
    static <R> QueryResult<R> answer(Query<R> query, Object inside, StateStore store) {
        if (query instanceof StateOf<?> stateOf && stateOf.type().isInstance(inside)) {
            return (QueryResult<R>) QueryResult.forResult(inside);
        }
        return QueryResult.forUnknownQueryType(query, store);
    }
}
