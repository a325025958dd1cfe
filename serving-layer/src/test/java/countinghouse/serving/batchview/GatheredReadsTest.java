package countinghouse.serving.batchview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Quantity;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.scope.TimeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheredReadsTest {
    private final List<Set<String>> statements = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final GatheredReads reads = new GatheredReads(this::read);

    @AfterEach
    void close() {
        slow.countDown();
        reads.close();
    }

    @Test
    void shouldAskOnceForAllWhoComeWhileStatementsAreUnderWay() {
        CompletableFuture<List<BatchRow>> first = reads.read(1, of("slow-1"));
        await().until(() -> statements.size() == 1);
        CompletableFuture<List<BatchRow>> second = reads.read(1, of("slow-2"));
        await().until(() -> statements.size() == 2);
        List<CompletableFuture<List<BatchRow>>> ofOne = new ArrayList<>();
        List<CompletableFuture<List<BatchRow>>> ofTwo = new ArrayList<>();
        for (int account = 0; account < 100; account++) {
            ofOne.add(reads.read(1, of("account-" + account)));
            ofTwo.add(reads.read(2, of("account-" + account)));
        }

        slow.countDown();

        assertThat(first.join()).containsExactly(row(null, 1, "slow-1"));
        assertThat(second.join()).containsExactly(row(null, 1, "slow-2"));
        for (int account = 0; account < 100; account++) {
            assertThat(ofOne.get(account).join()).containsExactly(row(null, 1, "account-" + account));
            assertThat(ofTwo.get(account).join()).containsExactly(row(null, 2, "account-" + account));
        }
        assertThat(statements)
                .as("one for each generation, beside the first two")
                .hasSize(4);
    }

    @Test
    void shouldBeginAtOnceForALoneReaderAndGatherWhatComesFasterThanThePace() {
        try (GatheredReads paced = new GatheredReads(this::read, Duration.ofMillis(500))) {
            assertThat(paced.read(1, of("first")).join()).hasSize(1);
            List<CompletableFuture<List<BatchRow>>> more = new ArrayList<>();
            for (int account = 0; account < 100; account++) {
                more.add(paced.read(1, of("account-" + account)));
            }
            assertThat(paced.read(2, of("another question")).join()).hasSize(1);

            assertThat(more).allSatisfy(read -> assertThat(read.join()).hasSize(1));
            // A machine that is busy elsewhere may let a pace pass meanwhile.
            assertThat(statements).hasSizeLessThan(6).contains(Set.of("first"), Set.of("another question"));
        }
    }

    @Test
    void shouldGiveAnAccountWithoutRowsNone() {
        assertThat(reads.read(1, of("nobody")).join()).isEmpty();
    }

    @Test
    void shouldFailEveryReadOfAStatementThatFailsAndNoOther() {
        assertThatThrownBy(() -> reads.read(1, of("unreadable")).join())
                .hasCauseInstanceOf(BatchUnavailableException.class);
        assertThat(reads.read(1, of("readable")).join()).hasSize(1);
    }

    @Test
    void shouldLeaveQueriesOfSeveralAccountsAlone() {
        assertThat(GatheredReads.canGather(of("one"))).isTrue();
        assertThat(GatheredReads.canGather(of("one").of(Accounts.ALL, false))).isFalse();
        assertThat(GatheredReads.canGather(of("one").of(Accounts.only(Set.of("one", "two")), false)))
                .isFalse();
    }

    private List<BatchRow> read(long generation, BatchQuery query) {
        Set<String> names = query.accounts().names();
        statements.add(names);
        if (names.stream().anyMatch(name -> name.startsWith("slow"))) {
            awaitRelease();
        }
        if (names.contains("unreadable")) {
            throw new BatchUnavailableException("down", null);
        }
        assertThat(query.byAccount()).isTrue();
        return names.stream()
                .filter(name -> !name.equals("nobody"))
                .map(name -> row(name, generation, name))
                .toList();
    }

    private void awaitRelease() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whose value tells of whom and of which generation it is. */
    private static BatchRow row(String account, long generation, String name) {
        long value = name.hashCode() * 10L + generation;
        return new BatchRow(account, null, 0, 0, 1, new Quantity(BigDecimal.valueOf(value)));
    }

    private static BatchQuery of(String account) {
        return new BatchQuery(
                "views",
                Aggregation.COUNT,
                Accounts.only(Set.of(account)),
                TimeRange.ALL,
                Map.of(),
                null,
                false,
                false,
                false);
    }
}
