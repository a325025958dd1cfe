package countinghouse.ingestion.client;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Groups CloudEvents in JSON into bodies that the door accepts: bounded in events and in characters. */
final class Batches implements Iterator<Batches.Batch> {
    /** Three bytes of UTF-8 each at most, which is within the door's 1 MiB. */
    private static final int MAX_CHARACTERS = 340_000;

    private final Iterator<String> events;
    private final int maxEvents;
    private String carried;

    /** The body of one request. */
    record Batch(String body, int events) {}

    Batches(Iterator<String> events, int maxEvents) {
        this.events = events;
        this.maxEvents = maxEvents;
    }

    @Override
    public boolean hasNext() {
        return carried != null || events.hasNext();
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more events");
        }
        StringBuilder body = new StringBuilder("[");
        int count = 0;
        while (hasNext() && count < maxEvents) {
            String event = carried == null ? events.next() : carried;
            carried = null;
            if (count > 0 && body.length() + event.length() > MAX_CHARACTERS) {
                carried = event;
                break;
            }
            body.append(count == 0 ? "" : ",").append(event);
            count++;
        }
        return new Batch(body.append(']').toString(), count);
    }
}
