package countinghouse.bench.speed.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final int DELIVERIES = 100_000;
    private static final int PARTITIONS = 12;

    private final Workload workload = new Workload(3, DELIVERIES, 1_800_000_000_000L);

    @Test
    void shouldDeliverTheSameEventsInTheSameOrderForTheSameSeed() {
        Deliveries first = new Deliveries(workload);
        Deliveries second = new Deliveries(new Workload(3, DELIVERIES, 1_800_000_000_000L));
        while (first.hasNext()) {
            int number = first.next();
            assertThat(second.next()).isEqualTo(number);
            assertThat(workload.event(number)).isEqualTo(workload.event(number));
        }
        assertThat(second.hasNext()).isFalse();
    }

    @Test
    void shouldRepeatTwoEventsInAHundred() {
        Deliveries deliveries = new Deliveries(workload);
        Set<Integer> seen = new HashSet<>();
        int duplicates = 0;
        while (deliveries.hasNext()) {
            if (!seen.add(deliveries.next())) {
                duplicates++;
            }
        }
        assertThat(duplicates).isBetween(DELIVERIES * 18 / 1000, DELIVERIES * 22 / 1000);
    }

    @Test
    void shouldGiveTheMostFrequentAccountATenthOfTheEvents() {
        Map<Integer, Integer> events = new HashMap<>();
        for (int number = 0; number < DELIVERIES; number++) {
            events.merge(workload.event(number).account(), 1, Integer::sum);
        }
        assertThat(events.get(0)).isBetween(DELIVERIES * 9 / 100, DELIVERIES * 12 / 100);
        assertThat(events.size()).isGreaterThan(Workload.ACCOUNTS / 2);
    }

    @Test
    void shouldExpectEveryDifferentEventOnce() {
        Expected all = new Oracle(workload, PARTITIONS).expected(1);

        Deliveries deliveries = new Deliveries(workload);
        Map<Long, Long> counts = new HashMap<>();
        Set<Integer> seen = new HashSet<>();
        while (deliveries.hasNext()) {
            Workload.Served served = workload.event(deliveries.next());
            if (seen.add(served.number())) {
                counts.merge(Expected.key(served.account(), served.occurredAtMs()), 1L, Long::sum);
            }
        }
        assertThat(new HashMap<>(all.counts())).isEqualTo(counts);
        assertThat(all.deliveries()).isEqualTo(DELIVERIES);
        assertThat(all.events()).isEqualTo(seen.size());
    }

    @Test
    void shouldExpectOnlyTheBeginningOfEveryPartitionForAShare() {
        Expected all = new Oracle(workload, PARTITIONS).expected(1);
        Expected tenth = new Oracle(workload, PARTITIONS).expected(0.1);

        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(tenth.ends()[partition]).isEqualTo((long) Math.ceil(all.ends()[partition] * 0.1));
        }
        assertThat(tenth.events()).isLessThan(all.events() / 5);
    }
}
