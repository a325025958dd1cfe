package countinghouse.ingestion.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the events of one thing's life, each with an id of its own, a time after the one before, and what it counts for. */
final class LifeCycle {
    private final String source;
    private final String account;
    private final String idPrefix;
    private final Map<String, Object> common = new LinkedHashMap<>();
    private final List<SourceEvent> events = new ArrayList<>();
    private Instant now;

    LifeCycle(String source, String account, String idPrefix, Instant start) {
        this.source = source;
        this.account = account;
        this.idPrefix = idPrefix;
        this.now = start;
    }

    /** A property that every event from now on has. */
    LifeCycle with(String name, Object value) {
        common.put(name, value);
        return this;
    }

    LifeCycle after(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    LifeCycle emit(String type) {
        return emit(type, Map.of(), List.of());
    }

    LifeCycle emit(String type, Map<String, Object> more, List<Contribution> counts) {
        return emit(type, more, counts, List.of());
    }

    LifeCycle emit(String type, Map<String, Object> more, List<Contribution> counts, List<List<Contribution>> ads) {
        Map<String, Object> data = new LinkedHashMap<>(common);
        data.putAll(more);
        String id = idPrefix + "-" + (events.size() + 1);
        events.add(new SourceEvent(id, source, type, account, now, data, counts, ads));
        return this;
    }

    List<SourceEvent> events() {
        return List.copyOf(events);
    }
}
