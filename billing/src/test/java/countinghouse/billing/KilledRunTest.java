package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.billing.books.BillingProcess;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.ManyAccounts;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.plan.DocumentKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BooksExtension.class)
class KilledRunTest {
    private static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");
    private static final int ACCOUNTS = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    @TempDir
    private Path directory;

    private Books books;

    @BeforeEach
    void publish(Books given) {
        books = given;
        ManyAccounts.publish(books, ACCOUNTS);
    }

    @Test
    void shouldMakeTheSameInvoicesWhenAProcessIsKilledHalfWay() throws IOException, InterruptedException {
        killHalfWay();
        assertThat(documents()).hasSizeBetween(1, ACCOUNTS - 1);

        try (Billing billing = open();
                Billing other = open()) {
            CompletableFuture<BillingReport> one =
                    CompletableFuture.supplyAsync(() -> billing.run().runAll(OCTOBER, "run-2", "tester"));
            CompletableFuture<BillingReport> two =
                    CompletableFuture.supplyAsync(() -> other.run().runAll(OCTOBER, "run-3", "tester"));
            assertThat(one.join().invoices()).isEqualTo(two.join().invoices());
            assertThat(billing.ledgerVerifier().verify(Optional.empty()).ok()).isTrue();
        }
        List<String> afterTheKill = documents();

        books.reset();
        ManyAccounts.publish(books, ACCOUNTS);
        try (Billing billing = open()) {
            billing.run().runAll(OCTOBER, "run-1", "tester");
        }
        assertThat(afterTheKill).isEqualTo(documents()).hasSize(2 * ACCOUNTS);
    }

    /** The child is stopped by a lock on an account in the middle, so that it dies neither too early nor too late. */
    private void killHalfWay() throws IOException, InterruptedException {
        try (Handle handle = books.owner().open()) {
            handle.begin();
            handle.execute("SELECT 1 FROM billing.account WHERE account = 'account-0000013' FOR UPDATE");
            Process child = BillingProcess.start(books, 2, 128, directory.resolve("child.log"));
            try {
                await().atMost(PATIENCE).until(() -> documents().size() == ACCOUNTS / 2);
            } finally {
                child.destroyForcibly();
                assertThat(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(child.exitValue()).isEqualTo(128 + 9);
            handle.rollback();
        }
    }

    private List<String> documents() {
        try (Billing billing = open()) {
            return List.of(DocumentKind.INVOICE, DocumentKind.PAYOUT).stream()
                    .flatMap(kind -> billing.documents().page(DocumentFilter.all(kind), "", 1000).stream())
                    .filter(document -> document.status() != DocumentStatus.VOID)
                    .map(KilledRunTest::text)
                    .toList();
        }
    }

    private static String text(Document document) {
        return "%s %s %s %s"
                .formatted(
                        document.id(),
                        document.account(),
                        document.total(),
                        document.lines().stream().map(DocumentLine::toString).toList());
    }

    private Billing open() {
        return Billing.open(books.settings(), Optional.empty(), Clock.systemUTC());
    }
}
