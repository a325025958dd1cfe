package countinghouse.bench.speed.peer;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import countinghouse.schemas.event.TicketEvent;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/**
 * A set of the events seen, as 64-bit hashes in one primitive array: fast, and nothing of it survives the process. Two different events of
 * five million fall on one hash once in a million runs, which a ceiling may risk and a bill may not.
 */
final class DistinctTickets {
    private final HashStream64 hash = Hashing.xxh3_64().hashStream();
    private final LongOpenHashSet seen;

    DistinctTickets(long expected) {
        seen = new LongOpenHashSet((int) Math.min(expected, 1 << 28));
    }

    /** Whether the event is seen for the first time. */
    boolean add(TicketEvent ticket) {
        return seen.add(hash.reset()
                .putString(ticket.getAccount())
                .putString(ticket.getSource())
                .putString(ticket.getId())
                .getAsLong());
    }
}
