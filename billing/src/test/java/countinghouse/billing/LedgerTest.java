package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RewrittenHistory;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerExport;
import countinghouse.billing.ledger.LedgerHead;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.ledger.LedgerVerifier;
import countinghouse.billing.ledger.NotedRoot;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void shouldNotBeDeceivedByAConsistentRewriteOfTheWholeChain() {
        IntStream.rangeClosed(1, 4).forEach(this::append);
        List<NotedRoot> noted = new LedgerReader(database.jdbi())
                .page(0, 3).stream()
                        .map(entry -> new NotedRoot(entry.number(), entry.hash()))
                        .toList();
        RewrittenHistory.replace(books.owner(), 2, "tester", "nobody");

        assertThat(verify().ok()).isTrue();
        LedgerVerdict verdict = new LedgerVerifier(database.jdbi()).verify(noted);
        assertThat(verdict.firstBroken()).contains(2L);
        assertThat(verdict.problem().orElseThrow()).contains("from entry 2 to 2", "rewritten");
        assertThat(new LedgerVerifier(database.jdbi())
                        .verify(Optional.of(noted.get(2).root()))
                        .ok())
                .isFalse();
        assertThat(new LedgerVerifier(database.jdbi())
                        .verify(noted.subList(0, 1))
                        .ok())
                .isTrue();
    }

    @Test
    void shouldMissEntriesThatWereCutOffTheEnd() {
        IntStream.rangeClosed(1, 3).forEach(this::append);
        NotedRoot last = new NotedRoot(3, verify().root());
        books.owner().useHandle(handle -> handle.createScript("""
                DELETE FROM billing.ledger_item WHERE number = 3; DELETE FROM billing.ledger WHERE number = 3;
                UPDATE billing.ledger_head SET number = 2, hash = (SELECT hash FROM billing.ledger WHERE number = 2);
                """).execute());

        assertThat(verify().ok()).isTrue();
        assertThat(new LedgerVerifier(database.jdbi()).verify(List.of(last)).firstBroken())
                .contains(3L);
    }

    @Test
    void shouldCheckAnExportWithoutTheDatabase(@TempDir Path directory) throws IOException {
        IntStream.rangeClosed(1, 3).forEach(this::append);
        Path file = directory.resolve("ledger.jsonl");
        LedgerHead head = LedgerExport.write(database.jdbi(), file);
        List<NotedRoot> root = List.of(NotedRoot.of(head.root()));
        List<String> lines = Files.readAllLines(file);

        assertThat(LedgerExport.verify(file, root).ok()).isTrue();
        Files.write(file, List.of(lines.get(0), lines.get(1).replace("tester", "nobody"), lines.get(2), lines.get(3)));
        assertThat(LedgerExport.verify(file, root).firstBroken()).contains(2L);
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertThat(LedgerExport.verify(file, root).firstBroken()).contains(2L);
        Files.write(file, lines.subList(0, 3));
        assertThat(LedgerExport.verify(file, root).problem().orElseThrow()).contains("without a head");
        Files.write(file, List.of(lines.get(0), "not JSON"));
        assertThat(LedgerExport.verify(file, root).firstBroken()).contains(2L);
        Files.write(file, lines);
        assertThat(LedgerExport.verify(file, List.of(NotedRoot.of("ab".repeat(32))))
                        .problem()
                        .orElseThrow())
                .contains("abab", "rewritten");
    }

    @Test
    void shouldRecordEveryPublishAndRollbackOfTheBatchLayerOnce() {
        GenerationRecords records = new GenerationRecords(database.jdbi(), ledger);
        books.publish(1, Instant.parse("2026-10-01T00:00:00Z"), List.of());
        books.publish(2, Instant.parse("2026-10-02T00:00:00Z"), List.of());
        books.owner()
                .useHandle(handle -> handle.execute("UPDATE published.generation SET parent = 1 WHERE number = 2"));
        records.record();
        books.owner().useTransaction(handle -> {
            handle.execute("SELECT set_config('countinghouse.actor', 'command:night-watch', true)");
            handle.execute("UPDATE published.pointer SET generation = 1");
        });

        IntStream.range(0, 4).parallel().forEach(ignored -> records.record());

        List<JsonNode> moves = new LedgerReader(database.jdbi())
                .page(0, 100).stream()
                        .map(LedgerTest::json)
                        .filter(entry ->
                                entry.path("detail").path("after").asText().matches("[12]"))
                        .toList();
        assertThat(moves)
                .extracting(entry -> entry.path("action").asText() + " "
                        + entry.path("detail").path("before").asText() + " to "
                        + entry.path("detail").path("after").asText())
                .containsExactly(
                        "generation.published none to 1",
                        "generation.published 1 to 2",
                        "generation.rolled-back 2 to 1");
        assertThat(moves.get(2).path("actor").asText()).isEqualTo("command:night-watch");
        assertThat(verify().ok()).isTrue();
    }

    @Test
    void shouldRecordEachErasureOnceByTheNumberOfItsRequest() {
        GenerationRecords records = new GenerationRecords(database.jdbi(), ledger);
        books.owner().useHandle(handle -> handle.execute("""
                INSERT INTO published.erasure (reference, records, erased_by)
                VALUES ('request 17', 3, 'command:clerk'), ('request 18', 1, 'command:clerk')"""));

        IntStream.range(0, 4).parallel().forEach(ignored -> records.record());

        List<JsonNode> erasures = new LedgerReader(database.jdbi())
                .page(0, 100).stream()
                        .map(LedgerTest::json)
                        .filter(entry -> entry.path("action").asText().equals("archive.erased"))
                        .toList();
        assertThat(erasures)
                .extracting(entry -> entry.path("actor").asText() + " "
                        + entry.path("detail").path("reference").asText() + " "
                        + entry.path("detail").path("records").asText())
                .containsExactly("command:clerk request 17 3", "command:clerk request 18 1");
        assertThat(verify().ok()).isTrue();
    }

    private static JsonNode json(LedgerReader.Entry entry) {
        try {
            return Json.mapper().readTree(entry.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
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
