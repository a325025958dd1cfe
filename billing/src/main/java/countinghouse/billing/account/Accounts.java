package countinghouse.billing.account;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.plan.Tier;
import countinghouse.schemas.CanaryAccount;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** The registered accounts. Every change is in the audit ledger, in the same transaction. */
public final class Accounts {
    private static final String SELECT = """
            SELECT a.account, a.name, a.time_zone, a.registered_at, t.tier, t.effective_from,
                (SELECT jsonb_agg(to_jsonb(o) ORDER BY o.number)::text
                    FROM billing.account_override o WHERE o.account = a.account) AS overrides
            FROM (SELECT * FROM billing.account a WHERE %s ORDER BY a.account COLLATE "C" LIMIT :limit) a
            JOIN billing.tier_assignment t USING (account)
            ORDER BY a.account COLLATE "C", t.effective_from
            """;

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Clock clock;

    public Accounts(Jdbi jdbi, Ledger ledger, Clock clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Registers an account, or changes a registered one; doing it again with the same values changes nothing.
     *
     * @param actor who asks for it
     * @throws BillingException if the tier at that instant is already another one, or the account is a canary's
     */
    public Account register(Registration wish, String actor) {
        requireNoCanary(wish.account());
        return jdbi.inTransaction(handle -> {
            Instant now = SqlTime.read(clock);
            Optional<Account> before = lock(handle, wish.account());
            before.ifPresent(account -> requireSameZone(handle, account, wish));
            int changed = write(handle, wish, actor, now);
            changed += assign(handle, wish, actor, now);
            Account after = find(handle, wish.account()).orElseThrow();
            if (changed > 0) {
                ledger.append(handle, event(before, after, actor));
            }
            return after;
        });
    }

    public Optional<Account> find(String account) {
        return jdbi.withHandle(handle -> find(handle, account));
    }

    /** Accounts after a name, in the order of names; the way to page through them. */
    public List<Account> page(String after, int limit) {
        return jdbi.withHandle(
                handle -> accounts(handle.createQuery(SELECT.formatted("a.account COLLATE \"C\" > :after"))
                        .bind("after", after)
                        .bind("limit", limit)));
    }

    /** The distinct billing time zones. */
    public List<ZoneId> zones() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT DISTINCT time_zone FROM billing.account ORDER BY time_zone")
                        .map((row, context) -> ZoneId.of(row.getString(1)))
                        .list());
    }

    static Optional<Account> lock(Handle handle, String account) {
        handle.createQuery("SELECT 1 FROM billing.account WHERE account = :account FOR UPDATE")
                .bind("account", account)
                .mapTo(Integer.class)
                .findOne();
        return find(handle, account);
    }

    private static void requireNoCanary(String account) {
        if (CanaryAccount.is(account)) {
            throw new BillingException(
                    BillingError.INVALID_REQUEST,
                    "The account '%s' is the platform's own: accounts that begin with '%s' are counted and never billed; choose another name"
                            .formatted(account, CanaryAccount.PREFIX));
        }
    }

    /** Periods of another zone would overlap with those that are billed (ADR 0116). */
    private static void requireSameZone(Handle handle, Account before, Registration wish) {
        boolean billed = !before.zone().equals(wish.zone())
                && handle.createQuery("""
                                SELECT EXISTS (SELECT FROM billing.document WHERE account = :account AND status <> 'void')
                                """)
                        .bind("account", wish.account())
                        .mapTo(Boolean.class)
                        .one();
        if (billed) {
            throw new BillingException(
                    BillingError.CONFLICT,
                    "The account '%s' has documents of periods in %s, so its billing time zone cannot become %s; register a new account"
                            .formatted(wish.account(), before.zone(), wish.zone()));
        }
    }

    private static int write(Handle handle, Registration wish, String actor, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO billing.account AS a VALUES (:account, :name, :zone, :now, :actor)
                        ON CONFLICT (account) DO UPDATE SET name = EXCLUDED.name, time_zone = EXCLUDED.time_zone
                        WHERE (a.name, a.time_zone) <> (EXCLUDED.name, EXCLUDED.time_zone)
                        """)
                .bind("account", wish.account())
                .bind("name", wish.name())
                .bind("zone", wish.zone().getId())
                .bind("now", SqlTime.of(now))
                .bind("actor", actor)
                .execute();
    }

    private static int assign(Handle handle, Registration wish, String actor, Instant now) {
        Optional<String> existing = handle.createQuery(
                        "SELECT tier FROM billing.tier_assignment WHERE account = :account AND effective_from = :from")
                .bind("account", wish.account())
                .bind("from", SqlTime.of(wish.effectiveFrom()))
                .mapTo(String.class)
                .findOne();
        if (existing.isPresent()) {
            if (Tier.of(existing.get()) != wish.tier()) {
                throw new BillingException(
                        BillingError.CONFLICT,
                        "The account '%s' already has the tier %s from %s; choose another instant for %s"
                                .formatted(
                                        wish.account(),
                                        existing.get(),
                                        wish.effectiveFrom(),
                                        wish.tier().label()));
            }
            return 0;
        }
        return handle.createUpdate("INSERT INTO billing.tier_assignment VALUES (:account, :from, :tier, :now, :actor)")
                .bind("account", wish.account())
                .bind("from", SqlTime.of(wish.effectiveFrom()))
                .bind("tier", wish.tier().label())
                .bind("now", SqlTime.of(now))
                .bind("actor", actor)
                .execute();
    }

    private static Optional<Account> find(Handle handle, String account) {
        return accounts(handle.createQuery(SELECT.formatted("a.account = :account"))
                        .bind("account", account)
                        .bind("limit", 1))
                .stream()
                .findFirst();
    }

    private static List<Account> accounts(Query query) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        query.map((row, context) -> new Account(
                        row.getString("account"),
                        row.getString("name"),
                        ZoneId.of(row.getString("time_zone")),
                        List.of(new TierAssignment(
                                Tier.of(row.getString("tier")), SqlTime.read(row, "effective_from"))),
                        AccountOverride.list(row.getString("overrides")),
                        SqlTime.read(row, "registered_at")))
                .forEach(one -> accounts.merge(one.account(), one, Accounts::withMoreTiers));
        return List.copyOf(accounts.values());
    }

    private static Account withMoreTiers(Account account, Account more) {
        List<TierAssignment> tiers = new ArrayList<>(account.tiers());
        tiers.addAll(more.tiers());
        return new Account(
                account.account(), account.name(), account.zone(), tiers, account.overrides(), account.registeredAt());
    }

    private static LedgerEvent event(Optional<Account> before, Account after, String actor) {
        Map<String, Object> detail = new LinkedHashMap<>();
        before.ifPresent(account -> detail.put("before", describe(account)));
        detail.put("after", describe(after));
        String subject = "account:" + after.account();
        return new LedgerEvent(
                actor,
                before.isPresent() ? "account.changed" : "account.registered",
                detail,
                List.of(new LedgerItem(subject, CanonicalJson.sha256(CanonicalJson.text(detail)))));
    }

    private static Map<String, Object> describe(Account account) {
        return Map.of(
                "account", account.account(),
                "name", account.name(),
                "timeZone", account.zone().getId(),
                "tiers",
                        account.tiers().stream()
                                .map(tier -> tier.tier().label() + " from " + tier.effectiveFrom())
                                .toList());
    }
}
