package countinghouse.ingestion.collector;

import java.util.Optional;

/**
 * Bounds what the door holds at a time: requests, and the bytes of their bodies, taken before a body is read. A place is given back when its
 * request is answered and Kafka has let go of its records, whichever is later; so a slow log cannot fill the memory.
 */
final class Admission {
    private final int maxRequests;
    private final long maxBytes;
    private int requests;
    private long bytes;

    Admission(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** A place for a body of at most that many bytes; empty if there is no room, which the caller must say at once. */
    synchronized Optional<Place> enter(long bodyBytes) {
        if (requests >= maxRequests || bytes + bodyBytes > maxBytes) {
            return Optional.empty();
        }
        requests++;
        bytes += bodyBytes;
        return Optional.of(new Place(bodyBytes));
    }

    /** Requests that are held now. */
    synchronized int requests() {
        return requests;
    }

    private synchronized void leave(long bodyBytes) {
        requests--;
        bytes -= bodyBytes;
    }

    /** A request's share of the memory; left once, however often that is said. */
    final class Place {
        private final long bodyBytes;
        private boolean answered;
        private boolean left;
        private int appending;

        private Place(long bodyBytes) {
            this.bodyBytes = bodyBytes;
        }

        /** Records of the request go to the log. */
        synchronized void appending() {
            appending++;
        }

        synchronized void appended() {
            appending--;
            leaveIfDone();
        }

        synchronized void answered() {
            answered = true;
            leaveIfDone();
        }

        private void leaveIfDone() {
            if (answered && appending == 0 && !left) {
                left = true;
                leave(bodyBytes);
            }
        }
    }
}
