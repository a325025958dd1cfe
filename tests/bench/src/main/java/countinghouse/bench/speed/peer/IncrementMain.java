package countinghouse.bench.speed.peer;

import countinghouse.schemas.event.TicketEvent;
import redis.clients.jedis.Jedis;

/**
 * What one would write first: an increment in Redis for every event, awaiting each answer. Duplicates are kept out by the ceiling's set, because
 * without one its answer would be wrong.
 */
public final class IncrementMain {
    private final DistinctTickets distinct;
    private final Jedis redis;
    private long incremented;

    private IncrementMain(DistinctTickets distinct, Jedis redis) {
        this.distinct = distinct;
        this.redis = redis;
    }

    public static void main(String[] arguments) {
        PeerOptions options = PeerOptions.parse(arguments);
        try (TicketLog log = new TicketLog(options);
                Jedis redis = RedisConnection.open(options.redis())) {
            new IncrementMain(new DistinctTickets(options.deliveries()), redis).run(log, options.application());
        }
    }

    /** Goes on until the process is ended from outside, as a service does. */
    private void run(TicketLog log, String writer) {
        while (true) {
            if (log.poll(this::count) > 0) {
                redis.hset(PeerKeys.PROGRESS, writer, Long.toString(incremented));
            }
        }
    }

    private void count(TicketEvent ticket) {
        if (distinct.add(ticket)) {
            Row row = Row.of(ticket.getAccount(), ticket.getOccurredAtMs());
            redis.hincrBy(PeerKeys.rows(row.account()), Long.toString(row.cellMs()), 1);
            incremented++;
        }
    }
}
