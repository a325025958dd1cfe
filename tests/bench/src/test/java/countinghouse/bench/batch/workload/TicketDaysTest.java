package countinghouse.bench.batch.workload;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.bench.batch.answer.RowDigest.OfMeter;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TicketDaysTest {
    private static final int FIRST_DAY = 20_454;
    private static final int HORIZON_DAYS = 36;

    @Property(tries = 20)
    void shouldCountEveryValidTicketOnceWhicheverDaysItCameIn(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int count) {
        TicketDays days = new TicketDays(seed, FIRST_DAY, count, 300);
        TicketOracle oracle = new TicketOracle(days);

        long counted = IntStream.rangeClosed(days.firstDay(), days.lastDay())
                .mapToObj(day -> oracle.rows(day, HORIZON_DAYS).meters())
                .flatMap(meters -> Stream.of("tickets_sold", "tickets_served").map(meters::get))
                .mapToLong(OfMeter::events)
                .sum();

        assertThat(counted).isEqualTo(firstArrivalsThatAreValid(days));
    }

    @Property(tries = 20)
    void shouldGiveTheSameDeliveryHoweverOftenItIsAsked(@ForAll long seed, @ForAll @IntRange(max = 299) int index) {
        TicketDays days = new TicketDays(seed, FIRST_DAY, 2, 300);

        assertThat(days.delivery(FIRST_DAY + 1, 3, index)).isEqualTo(days.delivery(FIRST_DAY + 1, 3, index));
        assertThat(days.appendTimeMs(FIRST_DAY, index)).isLessThan((FIRST_DAY + 1) * TicketDays.DAY_MS);
    }

    private static long firstArrivalsThatAreValid(TicketDays days) {
        Set<String> seen = new HashSet<>();
        long valid = 0;
        for (int day = days.firstDay(); day <= days.lastDay(); day++) {
            for (int partition = 0; partition < TicketDays.PARTITIONS; partition++) {
                for (int index = 0; index < days.recordsPerPartition(); index++) {
                    Delivery delivery = days.delivery(day, partition, index);
                    Delivery.Ticket ticket = delivery.ticket();
                    boolean isFirst = seen.add(partition + " " + ticket.idHigh() + " " + ticket.idLow());
                    if (isFirst && delivery.appendTimeMs() - ticket.occurredAtMs() <= 35 * TicketDays.DAY_MS) {
                        valid++;
                    }
                }
            }
        }
        return valid;
    }
}
