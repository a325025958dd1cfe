package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.ledger.LedgerVerifier;
import countinghouse.kit.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BooksExtension.class)
class LedgerTest {
    private final Ledger ledger = new Ledger(Clock.systemUTC());
    private Books books;
    private Database database;

    @BeforeEach
    void open(Books given) {
        books = given;
        database = BillingDatabase.open(books.settings());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldNumberEntriesWithoutGapsWhenManyWriteAtOnce() {
        IntStream.range(0, 40).parallel().forEach(this::append);

        assertThat(verify()).satisfies(verdict -> {
            assertThat(verdict.ok()).isTrue();
            assertThat(verdict.entries()).isEqualTo(40);
        });
    }

    @Test
    void shouldLeaveNoTraceOfATransactionThatRolledBack() {
        append(1);
        assertThatThrownBy(() -> database.jdbi().useTransaction(handle -> {
                    ledger.append(handle, event(2));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessageContaining("changed my mind");
        append(3);

        assertThat(verify().ok()).isTrue();
        assertThat(verify().entries()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE billing.ledger SET entry = replace(entry, 'tester', 'nobody') WHERE number = 2",
                "UPDATE billing.ledger SET entry = replace(entry, 'tester', 'nobody'),"
                        + " hash = sha256(replace(entry, 'tester', 'nobody')::bytea) WHERE number = 2",
                "UPDATE billing.ledger_item SET digest = sha256('x') WHERE number = 2",
                "DELETE FROM billing.ledger_item WHERE number = 2",
                "DELETE FROM billing.ledger_item WHERE number = 3; DELETE FROM billing.ledger WHERE number = 3",
                "DELETE FROM billing.ledger_item WHERE number = 2; DELETE FROM billing.ledger WHERE number = 2",
                "UPDATE billing.ledger SET entry = 'no' , hash = sha256('no') WHERE number = 2"
            })
    void shouldNameTheFirstEntryThatTheOwnerOfTheDatabaseRewrote(String tampering) {
        IntStream.rangeClosed(1, 3).forEach(this::append);

        books.owner().useHandle(handle -> handle.createScript(tampering).execute());

        assertThat(verify().ok()).isFalse();
        assertThat(verify().firstBroken().orElseThrow()).isBetween(2L, 3L);
    }

    @Test
    void shouldMissTheKnownRootWhenTheWholeHistoryWasRewritten() {
        append(1);
        String root = verify().root();
        assertThat(new LedgerVerifier(database.jdbi()).verify(Optional.of(root)).ok())
                .isTrue();
        books.reset();
        append(1);

        LedgerVerdict verdict = new LedgerVerifier(database.jdbi()).verify(Optional.of(root));

        assertThat(verify().ok()).isTrue();
        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.problem().orElseThrow()).contains(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE billing.ledger SET entry = ''",
                "DELETE FROM billing.ledger",
                "TRUNCATE billing.ledger_item",
                "UPDATE billing.document SET total = 0",
                "DELETE FROM billing.document_line",
                "UPDATE billing.plan_version SET document = '{}'",
                "UPDATE published.batch_count SET n = 1"
            })
    void shouldNotLetTheRoleOfTheApplicationRewriteAnything(String statement) {
        assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute(statement)))
                .isInstanceOf(UnableToExecuteStatementException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void shouldRefuseAnEntryOutsideOfATransaction() {
        assertThatThrownBy(() -> database.jdbi().useHandle(handle -> ledger.append(handle, event(1))))
                .isInstanceOf(IllegalStateException.class);
    }

    private void append(int number) {
        database.jdbi().useTransaction(handle -> ledger.append(handle, event(number)));
    }

    private static LedgerEvent event(int number) {
        return new LedgerEvent(
                "tester",
                "test.happened",
                Map.of("number", number),
                List.of(new LedgerItem("thing:" + number, new byte[] {1, 2, 3})));
    }

    private LedgerVerdict verify() {
        return new LedgerVerifier(database.jdbi()).verify(Optional.empty());
    }
}
