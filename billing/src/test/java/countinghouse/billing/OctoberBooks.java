package countinghouse.billing;

import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RecordedEvents;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** October 2026 of four registered accounts and two strangers, with the raw events behind each count. */
@ExtendWith(BooksExtension.class)
abstract class OctoberBooks {
    static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");
    private static final Instant LONG_AGO = Instant.parse("2025-12-31T23:00:00Z");
    static final Instant CLOSED = Instant.parse("2026-11-01T02:00:00Z");
    static final List<Count> COUNTS = List.of(
            Count.of("jobs_completed", "acme", "2026-10-03T10:00:00Z", 1500, "1500"),
            Count.of("jobs_completed", "acme", "2026-10-04T10:15:00Z", 700, "700"),
            Count.of("jobs_completed", "acme", "2026-11-01T00:00:00Z", 9, "9"),
            Count.of("job_seconds", "acme", "2026-10-03T10:00:00Z", 1500, "12345.678"),
            Count.of("jobs_completed", "solo", "2026-10-31T23:45:00Z", 130, "130"),
            Count.of("tickets_sold", "theatre", "2026-10-09T18:00:00Z", 3, "3"),
            Count.of("billable_views", "creator", "2026-10-09T18:00:00Z", 12345, "12345"),
            Count.of("ad_revenue", "advertiser", "2026-10-09T18:00:00Z", 2, "0.35")
                    .with("{\"payee\":\"creator\",\"video_id\":\"v1\"}"),
            Count.of("jobs_completed", "stranger", "2026-10-09T18:00:00Z", 4, "4"));

    final RecordedEvents events = new RecordedEvents(COUNTS);
    Books books;
    Billing billing;

    @BeforeEach
    void open(Books given) {
        books = given;
        billing = Billing.open(books.settings(), Optional.of(events), Clock.systemUTC());
        register("acme", Tier.PREMIUM);
        register("solo", Tier.FREE);
        register("theatre", Tier.VIP);
        register("creator", Tier.FREE);
    }

    @AfterEach
    void close() {
        billing.close();
    }

    private void register(String account, Tier tier) {
        billing.accounts().register(new Registration(account, account, tier, LONG_AGO, ZoneId.of("UTC")), "tester");
    }

    Document invoice(String account) {
        return documents(DocumentKind.INVOICE).stream()
                .filter(one -> one.account().equals(account))
                .findFirst()
                .orElseThrow();
    }

    List<Document> documents(DocumentKind kind) {
        return billing.documents().page(DocumentFilter.all(kind), "", 100);
    }
}
