package countinghouse.bench.batch.workload;

import countinghouse.bench.batch.answer.RowDigest;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.math.BigDecimal;

/** Works out the rows of a day from the workload alone. It shares no code with {@code metering}: no identity, window, rule or evaluator. */
public final class TicketOracle {
    private static final int CENTS_SCALE = 2;
    private static final long OLDEST_VALID_MS = 35 * TicketDays.DAY_MS;
    /** Exceeds the cells and buckets that a day's records can have in a table's key. */
    private static final int SLOTS = 1 << 12;

    private final TicketDays days;

    public TicketOracle(TicketDays days) {
        this.days = days;
    }

    private static final class Sum {
        private long paid;
        private long cents;
        private long served;
    }

    /**
     * The rows of a day when only some days before it are archived.
     *
     * @param lookBackDays how many
     */
    public RowDigest rows(int day, int lookBackDays) {
        RowDigest digest = new RowDigest();
        for (int partition = 0; partition < TicketDays.PARTITIONS; partition++) {
            addRows(digest, day, Math.max(days.firstDay(), day - lookBackDays), partition);
        }
        return digest;
    }

    private void addRows(RowDigest digest, int day, int fromDay, int partition) {
        LongOpenHashSet seen = new LongOpenHashSet();
        for (int before = fromDay; before < day; before++) {
            for (int index = 0; index < days.recordsPerPartition(); index++) {
                seen.add(days.delivery(before, partition, index).ticket().number());
            }
        }
        Long2ObjectOpenHashMap<Sum> sums = new Long2ObjectOpenHashMap<>();
        for (int index = 0; index < days.recordsPerPartition(); index++) {
            Delivery delivery = days.delivery(day, partition, index);
            Delivery.Ticket ticket = delivery.ticket();
            boolean isNew = seen.add(ticket.number());
            if (isNew && ticket.occurredAtMs() >= delivery.appendTimeMs() - OLDEST_VALID_MS) {
                add(sums.computeIfAbsent(key(day, delivery), ignored -> new Sum()), ticket);
            }
        }
        sums.forEach((key, sum) -> addRow(digest, day, partition, key, sum));
    }

    private static void add(Sum sum, Delivery.Ticket ticket) {
        if (ticket.isPaid()) {
            sum.paid++;
            sum.cents += ticket.cents();
        } else {
            sum.served++;
        }
    }

    private static long key(int day, Delivery delivery) {
        long cell = delivery.ticket().occurredAtMs() / TicketDays.CELL_MS
                - (day - 1) * TicketDays.DAY_MS / TicketDays.CELL_MS;
        long bucket = delivery.appendTimeMs() / TicketDays.BUCKET_MS - day * TicketDays.DAY_MS / TicketDays.BUCKET_MS;
        return (delivery.ticket().account() * (long) SLOTS + cell) * SLOTS + bucket;
    }

    private static void addRow(RowDigest digest, int day, int partition, long key, Sum sum) {
        int account = (int) (key / SLOTS / SLOTS);
        String name = TicketAccounts.name(account);
        String offering = TicketAccounts.offering(account);
        long cellMs = (key / SLOTS % SLOTS) * TicketDays.CELL_MS + (day - 1) * TicketDays.DAY_MS;
        long bucketMs = key % SLOTS * TicketDays.BUCKET_MS + day * TicketDays.DAY_MS;
        if (sum.paid > 0) {
            BigDecimal revenue = BigDecimal.valueOf(sum.cents, CENTS_SCALE);
            digest.add(
                    "tickets_sold",
                    name,
                    offering,
                    cellMs,
                    bucketMs,
                    partition,
                    sum.paid,
                    BigDecimal.valueOf(sum.paid));
            digest.add("ticket_revenue", name, offering, cellMs, bucketMs, partition, sum.paid, revenue);
        }
        if (sum.served > 0) {
            BigDecimal served = BigDecimal.valueOf(sum.served);
            digest.add("tickets_served", name, offering, cellMs, bucketMs, partition, sum.served, served);
        }
    }
}
