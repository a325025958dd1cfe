package countinghouse.billing.books;

import org.jdbi.v3.core.Handle;

/** Accounts and counts by the number, made by PostgreSQL itself through the published schema. */
public final class ManyAccounts {
    private ManyAccounts() {}

    /** Registers accounts of all tiers and publishes a closed October 2026 with usage for each of them, and ads for creators. */
    public static void publish(Books books, int accounts) {
        books.owner().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO billing.account
                    SELECT 'account-' || lpad(i::text, 7, '0'), 'Account ' || i, 'UTC', now(), 'test' FROM generate_series(1, ?) i
                    """, accounts);
            handle.execute("""
                    INSERT INTO billing.tier_assignment
                    SELECT 'account-' || lpad(i::text, 7, '0'), '2025-12-31T23:00:00Z',
                        (ARRAY['vip', 'premium', 'pro', 'free'])[1 + i % 4], now(), 'test'
                    FROM generate_series(1, ?) i
                    """, accounts);
            generation(handle);
            for (String meter : new String[] {"jobs_completed", "job_seconds", "billable_views"}) {
                counts(handle, meter, "'{}'", accounts);
            }
            counts(
                    handle,
                    "ad_revenue",
                    "'{\"payee\":\"account-' || lpad(i::text, 7, '0') || '\",\"video_id\":\"v\"}'",
                    accounts);
        });
        books.owner().useHandle(handle -> handle.execute("ANALYZE"));
    }

    private static void generation(Handle handle) {
        handle.execute("INSERT INTO published.run (run_number, run_id) VALUES (100000, 'many')");
        handle.execute("""
                INSERT INTO published.generation (number, run_id, closed_through, manifest, published_by)
                VALUES (1, 'many', '2026-11-01T02:00:00Z', '{"versions": {"meters": 1}}', 'test')
                """);
        handle.execute("INSERT INTO published.generation_day VALUES (1, '2026-11-01', 100000)");
        handle.execute("UPDATE published.pointer SET generation = 1");
    }

    private static void counts(Handle handle, String meter, String dimensions, int accounts) {
        handle.execute("""
                INSERT INTO published.batch_count
                SELECT 100000, '2026-11-01', ?, 'account-' || lpad(i::text, 7, '0'), %s,
                    '2026-10-05T00:00:00Z', i %% 50000 + 1, i %% 50000 + 1, decode(md5(i::text), 'hex')
                FROM generate_series(1, ?) i
                """.formatted(dimensions), meter, accounts);
    }
}
