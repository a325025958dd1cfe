package countinghouse.billing;

import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import java.time.Instant;
import java.util.List;

/** What was used in October 2026, by an account and by one that nobody registered. */
final class October {
    private October() {}

    /** Publishes the usage and runs the month's billing. */
    static void bill(Books books) {
        books.publish(1, Instant.parse("2026-11-02T00:00:00Z"), counts());
        try (Billing billing = Billing.open(books.settings())) {
            billing.run().runAll(BillingPeriod.parse("2026-10"), "run-1", "tester");
        }
    }

    static List<Count> counts() {
        return List.of(
                Count.of("jobs_completed", "acme", "2026-10-05T00:00:00Z", 2000, "2000"),
                Count.of("jobs_completed", "stranger", "2026-10-05T00:00:00Z", 3, "3"));
    }
}
