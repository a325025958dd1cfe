package countinghouse.speed.live;

import countinghouse.metering.event.Event;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.state.ChangelogWriter;

/** What one task shows of the present beside its counts. It is made of events that count, each once, and written with the counts. */
public final class LiveViews {
    private final JobsInFlight jobs = new JobsInFlight();
    private final WaitingTimes waits = new WaitingTimes();

    /** Takes an event that is valid and no duplicate, with the ingest bucket it lies in. */
    public void observe(Event event, long bucketMs) {
        jobs.observe(event, bucketMs);
        waits.observe(event, bucketMs);
    }

    /** Forgets what the events of a topic below a bucket have left. */
    public void dropBefore(String topic, long bucketMs) {
        jobs.dropBefore(topic, bucketMs);
        waits.dropBefore(topic, bucketMs);
    }

    /** Takes one entry of the changelog; entries of views that this build does not know are passed over. */
    public void restore(byte[] key, byte[] value) {
        LiveKey entry = LiveCodec.decodeKey(key);
        String text = value == null ? null : LiveCodec.decodeValue(value);
        if (entry.view().equals(RedisKeys.LIVE_JOBS)) {
            jobs.restore(entry, text);
        } else if (entry.view().equals(RedisKeys.LIVE_WAITS)) {
            waits.restore(entry, text);
        }
    }

    public void flush(ChangelogWriter changelog) {
        jobs.flush(changelog);
        waits.flush(changelog);
    }

    public void clear() {
        jobs.clear();
        waits.clear();
    }

    public int size() {
        return jobs.size() + waits.size();
    }
}
