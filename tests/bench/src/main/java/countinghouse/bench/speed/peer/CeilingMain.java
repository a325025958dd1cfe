package countinghouse.bench.speed.peer;

import countinghouse.schemas.event.TicketEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ceiling: a plain consumer that decodes, de-duplicates in a primitive set and writes its changed counts to Redis in pipelines. It keeps
 * nothing that would survive a crash.
 */
public final class CeilingMain {
    private final Map<Row, Count> counts = new HashMap<>();
    private final List<Count> changed = new ArrayList<>();
    private final DistinctTickets distinct;
    private final RedisCounts redis;

    private CeilingMain(DistinctTickets distinct, RedisCounts redis) {
        this.distinct = distinct;
        this.redis = redis;
    }

    public static void main(String[] arguments) {
        PeerOptions options = PeerOptions.parse(arguments);
        try (TicketLog log = new TicketLog(options);
                RedisCounts redis = new RedisCounts(options.redis(), options.application())) {
            new CeilingMain(new DistinctTickets(options.deliveries()), redis).run(log, options.flushIntervalMs());
        }
    }

    /** Goes on until the process is ended from outside, as a service does. */
    private void run(TicketLog log, long flushIntervalMs) {
        long flushedNs = System.nanoTime();
        while (true) {
            int records = log.poll(this::count);
            long nowNs = System.nanoTime();
            if (records == 0 || nowNs - flushedNs >= flushIntervalMs * 1_000_000) {
                flush();
                flushedNs = nowNs;
            }
        }
    }

    private void count(TicketEvent ticket) {
        if (distinct.add(ticket)) {
            Row row = Row.of(ticket.getAccount(), ticket.getOccurredAtMs());
            Count count = counts.computeIfAbsent(row, Count::new);
            count.value++;
            if (!count.changed) {
                count.changed = true;
                changed.add(count);
            }
        }
    }

    private void flush() {
        for (Count count : changed) {
            redis.put(count.row, count.value);
            count.changed = false;
        }
        changed.clear();
        redis.flush();
    }

    private static final class Count {
        private final Row row;
        private long value;
        private boolean changed;

        private Count(Row row) {
            this.row = row;
        }
    }
}
