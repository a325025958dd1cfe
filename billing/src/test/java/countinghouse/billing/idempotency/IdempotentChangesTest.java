package countinghouse.billing.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.BillingDatabase;
import countinghouse.billing.BillingException;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.kit.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class IdempotentChangesTest {
    private static final KeyedRequest REQUEST = request("clerk", "body");

    private final Ledger ledger = new Ledger(Clock.systemUTC());
    private Database database;
    private IdempotentChanges changes;

    @BeforeEach
    void open(Books books) {
        database = BillingDatabase.open(books.settings());
        changes = new IdempotentChanges(database.jdbi(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldMakeTheChangeOnceWhenManyAskAtOnce() {
        List<CompletableFuture<KeyedAnswer>> asked = IntStream.range(0, 6)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> changes.make(REQUEST, () -> change(number))))
                .toList();

        List<KeyedAnswer> answers = asked.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
        assertThat(answers)
                .extracting(KeyedAnswer::body)
                .containsOnly(answers.get(0).body());
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void shouldUndoTheChangeWhenItsAnswerCannotBeStored() {
        assertThatThrownBy(() -> changes.make(REQUEST, () -> {
                    change(1);
                    return null;
                }))
                .isNotNull();

        assertThat(entries()).isZero();
        assertThat(changes.make(REQUEST, () -> change(2)).repeated()).isFalse();
    }

    @Test
    void shouldLeaveNothingOfAChangeThatFailed() {
        assertThatThrownBy(() -> changes.make(REQUEST, () -> {
                    change(1);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(entries()).isZero();
        assertThat(changes.make(REQUEST, () -> change(2)).body()).isEqualTo("changed 2");
    }

    @Test
    void shouldKeepTheKeysOfCallersApartAndRefuseAnotherRequest() {
        changes.make(REQUEST, () -> change(1));

        assertThat(changes.make(request("another", "body"), () -> change(2)).repeated())
                .isFalse();
        assertThatThrownBy(() -> changes.make(request("clerk", "changed body"), () -> change(3)))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("another request");
    }

    @Test
    void shouldForgetKeysWhenNobodyMayAskForThemAnyMore() {
        Clock longAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(31).negated());
        new IdempotentChanges(database.jdbi(), longAgo).make(REQUEST, () -> "old");
        assertThat(changes.make(REQUEST, () -> "new").body()).isEqualTo("old");

        changes.make(request("another", "body"), () -> "anything");

        assertThat(changes.make(REQUEST, () -> "new").body()).isEqualTo("new");
    }

    private String change(int number) {
        return database.jdbi().inTransaction(handle -> {
            ledger.append(handle, new LedgerEvent("clerk", "test.changed", Map.of("number", number), List.of()));
            return "changed " + number;
        });
    }

    private int entries() {
        return new LedgerReader(database.jdbi()).page(0, 100).size();
    }

    private static KeyedRequest request(String caller, String body) {
        return KeyedRequest.of(caller, "key", "POST", "/api/v1/accounts", body);
    }
}
