package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.billing.books.Books.Count;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.verify.LineVerdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever somebody changes behind a finalized invoice, verifying it says what. */
class ChangedBooksTest extends OctoberBooks {
    @BeforeEach
    void bill() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
    }

    @Test
    void shouldNameWhatTheOwnerOfTheDatabaseChangedInALine() {
        String id = invoice("acme").id();
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.document_line SET amount = 0.40 WHERE document = ? AND n = 1", id));

        LineVerdict verdict = billing.verifier().verify(id, 1);

        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.message())
                .contains("amount is 0.40, but recomputed it is 34.40", "document digest", "ledger digest");
    }

    @Test
    void shouldDetectAChangedQuantityEvenIfTheDigestWasChangedWithIt() {
        String id = invoice("acme").id();
        books.owner().useHandle(handle -> handle.execute("""
                UPDATE billing.document_line SET content = jsonb_set(content, '{metered,quantity}', '"2"')
                WHERE document = ? AND n = 1
                """, id));
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.document SET digest = ? WHERE id = ?",
                        billing.documents().get(id).computedDigest(),
                        id));

        LineVerdict verdict = billing.verifier().verify(id, 1);

        assertThat(verdict.message())
                .contains("quantity is 2, but recomputed it is 2200", "ledger digest")
                .doesNotContain("document digest");
    }

    @Test
    void shouldDetectAChangedRawEvent() {
        events.replace(0, Count.of("jobs_completed", "acme", "2026-10-03T10:00:00Z", 1499, "1499"));

        CheckResult result = billing.run().check(DocumentKind.INVOICE, OCTOBER, "run-2", "tester");

        assertThat(result.failures()).singleElement().satisfies(verdict -> assertThat(verdict.message())
                .contains("count n", "quantity", "fingerprint", "list digest", "amount"));
    }

    @Test
    void shouldDetectAChangedPrice() {
        books.owner().useHandle(handle -> handle.execute("""
                UPDATE billing.plan_version
                SET document = replace(document::text, '"0.012"', '"0.002"')::jsonb WHERE plan = 'premium'
                """));

        assertThat(billing.verifier().verify(invoice("acme").id(), 1).message())
                .contains("plan digest", "amount is 34.40, but recomputed it is 22.40");
    }

    @Test
    void shouldDetectAChangedCount() {
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE published.batch_count SET n = 701, value = 701 WHERE account = 'acme' AND n = 700"));

        assertThat(billing.verifier().verify(invoice("acme").id(), 1).message())
                .contains("published count n is 2200, but recomputed it is 2201", "published quantity");
    }

    @Test
    void shouldDetectAChangedManifest() {
        books.owner()
                .useHandle(handle ->
                        handle.execute("UPDATE published.generation SET manifest = '{\"versions\": {\"meters\": 2}}'"));

        assertThat(billing.verifier().verify(invoice("acme").id(), 1).message())
                .contains("manifest of generation 1 is", "manifest of generation 1 when the period was closed");
    }

    @Test
    void shouldDetectAChangedLedgerRowAndSayWhich() {
        String id = invoice("acme").id();
        long entry =
                billing.ledgerReader().rootOf("invoice:" + id).orElseThrow().number();
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.ledger SET entry = replace(entry, 'tester', 'nobody') WHERE number = ?",
                        entry));

        assertThat(billing.verifier().verify(id, 1).message())
                .contains("ledger entry %d is whole".formatted(entry), "its text does not have its hash");
    }

    @Test
    void shouldDetectADigestOfRawEventsThatWasReplaced() {
        String id = invoice("acme").id();
        books.owner().useHandle(handle -> handle.execute("UPDATE billing.line_evidence SET list_digest = sha256('x')"));

        assertThat(billing.verifier().verify(id, 1).message())
                .contains("list digest is", "list digest in the ledger is");
    }
}
