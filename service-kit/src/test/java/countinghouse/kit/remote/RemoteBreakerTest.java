package countinghouse.kit.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RemoteBreakerTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RemoteBreaker breaker = new RemoteBreaker(
            "store", metrics, IllegalStateException.class, open -> new IllegalStateException("resting", open));
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void shouldStopCallingAfterFiveFailuresInARow() {
        for (int n = 0; n < 8; n++) {
            assertThatThrownBy(this::fail).isInstanceOf(IllegalStateException.class);
        }

        assertThat(calls).hasValue(5);
        assertThatThrownBy(this::fail).hasMessage("resting");
        assertThat(state()).isEqualTo(2);
    }

    @Test
    void shouldGoOnCallingWhileSomeCallsSucceed() {
        for (int n = 0; n < 40; n++) {
            if (n % 5 == 4) {
                breaker.call(calls::incrementAndGet);
            } else {
                assertThatThrownBy(this::fail).hasMessage("down");
            }
        }

        assertThat(calls).hasValue(40);
        assertThat(state()).isZero();
    }

    @Test
    void shouldNotBlameTheRemoteForOtherFailures() {
        for (int n = 0; n < 20; n++) {
            assertThatThrownBy(() -> breaker.call(() -> {
                        throw new UnsupportedOperationException("ours");
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
        }

        assertThat(state()).isZero();
    }

    @Test
    void shouldFindOutByOneCallThatTheRemoteIsBack() {
        for (int n = 0; n < 5; n++) {
            assertThatThrownBy(this::fail).hasMessage("down");
        }

        org.awaitility.Awaitility.await().ignoreExceptions().until(() -> breaker.call(calls::incrementAndGet) > 0);

        assertThat(calls).hasValue(6);
        assertThat(state()).isZero();
    }

    private void fail() {
        breaker.call(() -> {
            calls.incrementAndGet();
            throw new IllegalStateException("down");
        });
    }

    private double state() {
        return metrics.get("circuit_breaker_state")
                .tag("remote", "store")
                .gauge()
                .value();
    }
}
