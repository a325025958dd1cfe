package countinghouse.serving.speedview;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is read of the speed layer's Redis, over connections that are replaced, never mended. */
interface SpeedReads extends AutoCloseable {
    /** Whether everything can still be read; if not, what was remembered may be old, and this must be replaced. */
    boolean isOpen();

    /**
     * Epoch, floor, state and layout, in this order; what Redis does not have is empty. Whoever has awaited it reads nothing afterwards that
     * is older than this answer.
     */
    CompletableFuture<List<String>> state();

    /**
     * The last answer of {@link #state} if nothing of it is known to have changed since, without asking; null if it is not known. It is no
     * promise: it may change at any moment.
     */
    List<String> knownState();

    /** Whether a question for the state that follows one for rows on this thread also reaches Redis after it. */
    boolean keepsOrder();

    /** Whether a state read before held until the last answer of {@link #state}. */
    boolean heldUntilNow(List<String> earlier);

    /** The answer to {@link #rows} or {@link #totals} that is remembered, arrived or on its way; null if there is none. */
    CompletableFuture<List<SpeedRow>> remembered(String key);

    /** Whether rows that {@link #remembered} gave still are what is remembered. */
    boolean isRemembered(String key, List<SpeedRow> earlier);

    /** The rows in a hash; none if there is no such hash. */
    CompletableFuture<List<SpeedRow>> rows(String key);

    /** The totals in a hash, as one row per bucket. */
    CompletableFuture<List<SpeedRow>> totals(String key);

    /** A hash as it is, not kept in memory. */
    CompletableFuture<Map<String, String>> hash(String key);

    /** The members of a sorted set with the highest scores, highest first. */
    CompletableFuture<List<String>> highest(String key, int limit);

    /** The members of a set that match a glob pattern; none of them is remembered. */
    CompletableFuture<Set<String>> matching(String key, String pattern);

    /** Fields of a hash, in the order of their names; what Redis does not have is empty. */
    CompletableFuture<List<String>> fields(String key, List<String> names);

    CompletableFuture<Set<String>> members(String key);

    @Override
    void close();
}
