package countinghouse.speed.projector;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What the projector tells other threads about itself. */
final class ProjectorState {
    private final AtomicReference<String> problem = new AtomicReference<>("starting");
    private final AtomicLong lag = new AtomicLong();

    void live() {
        problem.set(null);
    }

    void troubled(String what) {
        problem.set(what);
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem.get());
    }

    void lag(long records) {
        lag.set(records);
    }

    long lag() {
        return lag.get();
    }
}
