package countinghouse.kit.remote;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stops calling a remote that failed five times in a row, so that callers fail at once instead of each waiting for its timeout; after a
 * second, one call finds out whether the remote is back (ADR 0126). Its state is the metric {@code circuit_breaker_state}: 0 closed, 1
 * trying, 2 open.
 */
public final class RemoteBreaker {
    private static final int FAILURES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final float ALL = 100;

    private final CircuitBreaker breaker;
    private final Function<CallNotPermittedException, RuntimeException> refusal;

    /**
     * @param remote name of the remote, as metrics have it
     * @param unavailable failures of this class count; any other says nothing of the remote
     * @param refusal what a call that is not made fails with
     */
    public RemoteBreaker(
            String remote,
            MeterRegistry metrics,
            Class<? extends RuntimeException> unavailable,
            Function<CallNotPermittedException, RuntimeException> refusal) {
        this.refusal = refusal;
        this.breaker = CircuitBreaker.of(
                remote,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(FAILURES)
                        .minimumNumberOfCalls(FAILURES)
                        .failureRateThreshold(ALL)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(PAUSE)
                        .recordException(unavailable::isInstance)
                        .build());
        Gauge.builder("circuit_breaker_state", breaker, RemoteBreaker::number)
                .description("0 closed, 1 trying, 2 open")
                .tag("remote", remote)
                .strongReference(true)
                .register(metrics);
    }

    /** Makes a call, or refuses to. */
    public <T> T call(Supplier<T> work) {
        try {
            return breaker.executeSupplier(work);
        } catch (CallNotPermittedException e) {
            throw refusal.apply(e);
        }
    }

    /** Whether calls are made as they come. */
    public boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    private static double number(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }
}
