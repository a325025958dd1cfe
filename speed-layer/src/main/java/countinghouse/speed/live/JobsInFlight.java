package countinghouse.speed.live;

import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.state.ChangelogWriter;
import java.util.Set;

/** Which jobs have been heard of and have not ended. A job of which nothing is heard for as long as rows are held is forgotten. */
final class JobsInFlight {
    private static final String PREFIX = "job.";
    private static final Set<String> ENDS = Set.of("succeeded", "dead_lettered", "rejected", "wait_timed_out");

    /**
     * A job in flight.
     *
     * @param events heard of it
     * @param bucketMs start of the ingest bucket of the last one
     * @param state after the last one
     */
    private record Job(long events, long bucketMs, String state) {
        static Job parse(String text) {
            String[] parts = text.split("\\|", 3);
            return new Job(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        String text() {
            return events + "|" + bucketMs + "|" + state;
        }
    }

    private final LiveTable<Job> jobs = new LiveTable<>();

    void observe(Event event, long bucketMs) {
        if (event.type() != EventType.JOB || !(event.properties().get("job_id") instanceof String id)) {
            return;
        }
        LiveKey key = new LiveKey(event.account(), RedisKeys.LIVE_JOBS, id);
        String state = event.name().substring(PREFIX.length());
        if (ENDS.contains(state)) {
            jobs.remove(key);
            return;
        }
        Job known = jobs.get(key);
        jobs.put(key, new Job(known == null ? 1 : known.events() + 1, bucketMs, state));
    }

    void dropBefore(String topic, long bucketMs) {
        if (topic.equals(EventType.JOB.topic())) {
            jobs.removeIf(job -> job.bucketMs() < bucketMs);
        }
    }

    void restore(LiveKey key, String text) {
        jobs.restore(key, text == null ? null : Job.parse(text));
    }

    void flush(ChangelogWriter changelog) {
        jobs.flush(changelog, Job::text);
    }

    void clear() {
        jobs.clear();
    }

    int size() {
        return jobs.size();
    }
}
