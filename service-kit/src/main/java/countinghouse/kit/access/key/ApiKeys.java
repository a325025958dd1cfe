package countinghouse.kit.access.key;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a key is good, from a copy of the stored keys that is at most {@link #FRESH_FOR} old, which is also how long a revoked key may
 * still be taken. While the store cannot be read, the copy serves on for {@link #SERVES_FOR}; after that nothing is known to be good.
 */
public final class ApiKeys {
    /** How long a copy is taken as it is. */
    public static final Duration FRESH_FOR = Duration.ofSeconds(2);
    /** How long a copy that cannot be renewed is better than none. */
    public static final Duration SERVES_FOR = Duration.ofMinutes(10);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

    private final Supplier<List<ApiKey>> store;
    private final Executor executor;
    private final Clock clock;
    private volatile Copy copy = new Copy(Map.of(), Long.MIN_VALUE);
    private CompletableFuture<Copy> renewal;
    private long noRenewalBeforeMs = Long.MIN_VALUE;

    private record Copy(Map<String, ApiKey> byId, long takenAtMs) {
        boolean isYoungerThan(Duration age, long nowMs) {
            return takenAtMs != Long.MIN_VALUE && nowMs - takenAtMs < age.toMillis();
        }
    }

    /**
     * Reads keys from a store.
     *
     * @param store may block and fail
     * @param executor runs the reading
     */
    public ApiKeys(Supplier<List<ApiKey>> store, Executor executor, Clock clock) {
        this.store = store;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * The key that a credential is, if it is good. Fails with {@link KeysUnavailableException}, within a few seconds, if that cannot be known.
     */
    public CompletableFuture<Optional<ApiKey>> find(String credential) {
        Optional<KeyText> text = KeyText.parse(credential);
        if (text.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Copy current = copy;
        if (current.isYoungerThan(FRESH_FOR, clock.millis())
                && current.byId().containsKey(text.get().id())) {
            return CompletableFuture.completedFuture(judge(current, text.get()));
        }
        return renewed().thenApply(latest -> judge(latest, text.get()));
    }

    private Optional<ApiKey> judge(Copy latest, KeyText text) {
        if (!latest.isYoungerThan(SERVES_FOR, clock.millis())) {
            throw new KeysUnavailableException();
        }
        return Optional.ofNullable(latest.byId().get(text.id())).filter(key -> key.admits(text, clock.instant()));
    }

    /** The copy after at most one reading that was begun by anyone; ids that nobody has cannot make the store busy. */
    private synchronized CompletableFuture<Copy> renewed() {
        if (renewal != null) {
            return renewal;
        }
        if (clock.millis() < noRenewalBeforeMs) {
            return CompletableFuture.completedFuture(copy);
        }
        CompletableFuture<Copy> begun = CompletableFuture.supplyAsync(store, executor)
                .orTimeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .handle(this::taken);
        renewal = begun.isDone() ? null : begun;
        return begun;
    }

    private synchronized Copy taken(List<ApiKey> keys, Throwable failure) {
        renewal = null;
        if (failure == null) {
            copy = new Copy(keys.stream().collect(Collectors.toMap(ApiKey::id, Function.identity())), clock.millis());
            noRenewalBeforeMs = clock.millis() + FRESH_FOR.toMillis() / 10;
        } else {
            LOG.warn("The API keys cannot be read; those known before are used: {}", failure.toString());
            noRenewalBeforeMs = clock.millis() + PAUSE_AFTER_FAILURE.toMillis();
        }
        return copy;
    }
}
