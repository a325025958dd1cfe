package countinghouse.kit.health;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The readiness of a process: named checks, each of which says what is wrong or nothing. */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

    /** Registers a check that must answer at once: it looks at state and never calls out. Empty means ready. */
    public void register(String name, Supplier<Optional<String>> check) {
        checks.put(name, check);
    }

    /** From now on nothing is ready: whoever distributes requests is to send them elsewhere. */
    public void stop() {
        register("stopping", () -> Optional.of("the process is about to end"));
    }

    /** What each check says, sorted by name; {@code ok} if nothing is wrong. */
    public Map<String, String> report() {
        Map<String, String> report = new TreeMap<>();
        checks.forEach((name, check) -> report.put(name, check.get().orElse("ok")));
        return report;
    }
}
