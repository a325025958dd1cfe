package countinghouse.speed.live;

import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.state.ChangelogWriter;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long customers waited until they were called, by service and ingest bucket: how often each number of seconds came, so that readers
 * can state any quantile exactly.
 */
final class WaitingTimes {
    private static final String CALLED = "ticket.called";
    /** As long as a view may last at most; whoever waits longer counts as waiting so long, which bounds an entry. */
    private static final int MAX_SECONDS = 86_400;

    private record Waits(long bucketMs, TreeMap<Integer, Long> calls) {
        static Waits parse(long bucketMs, String text) {
            TreeMap<Integer, Long> calls = new TreeMap<>();
            for (String pair : text.substring(text.indexOf('|') + 1).split(",")) {
                String[] parts = pair.split(":", 2);
                calls.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
            }
            return new Waits(bucketMs, calls);
        }

        String text() {
            long count = calls.values().stream().mapToLong(Long::longValue).sum();
            return calls.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(",", count + "|", ""));
        }
    }

    private final LiveTable<Waits> waits = new LiveTable<>();

    void observe(Event event, long bucketMs) {
        if (event.type() != EventType.TICKET
                || !event.name().equals(CALLED)
                || !(event.properties().get("wait_seconds") instanceof Number seconds)
                || !(event.properties().get("offering_id") instanceof String offering)) {
            return;
        }
        LiveKey key = new LiveKey(event.account(), RedisKeys.LIVE_WAITS, bucketMs + "|" + offering);
        Waits known = waits.get(key);
        Waits changed = known == null ? new Waits(bucketMs, new TreeMap<>()) : known;
        changed.calls().merge(Math.max(0, Math.min(MAX_SECONDS, seconds.intValue())), 1L, Long::sum);
        waits.put(key, changed);
    }

    void dropBefore(String topic, long bucketMs) {
        if (topic.equals(EventType.TICKET.topic())) {
            waits.removeIf(some -> some.bucketMs() < bucketMs);
        }
    }

    void restore(LiveKey key, String text) {
        long bucketMs = Long.parseLong(key.field().substring(0, key.field().indexOf('|')));
        waits.restore(key, text == null ? null : Waits.parse(bucketMs, text));
    }

    void flush(ChangelogWriter changelog) {
        waits.flush(changelog, Waits::text);
    }

    void clear() {
        waits.clear();
    }

    int size() {
        return waits.size();
    }
}
