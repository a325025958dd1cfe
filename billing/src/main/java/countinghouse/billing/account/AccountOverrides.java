package countinghouse.billing.account;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Agrees prices and limits with single accounts. An agreement is never changed; another one takes over from it. */
public final class AccountOverrides {
    private final Jdbi jdbi;
    private final Supplier<PlanCatalog> plans;
    private final Ledger ledger;
    private final Clock clock;

    public AccountOverrides(Jdbi jdbi, Supplier<PlanCatalog> plans, Ledger ledger, Clock clock) {
        this.jdbi = jdbi;
        this.plans = plans;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Agrees terms from an instant on; agreeing the same as the newest override again changes nothing.
     *
     * @param terms see {@link AccountOverride#terms}; an empty object ends what was agreed before
     * @param reason why, for the audit
     * @param actor who asks for it
     * @return the account with the override
     * @throws BillingException if the account is not registered, has no tier then, or a period from then on is billed already
     * @throws PlanException if the terms do not fit the account's plan
     */
    public Account agree(String account, Instant effectiveFrom, JsonNode terms, String reason, String actor) {
        PlanCatalog catalog = plans.get();
        return jdbi.inTransaction(handle -> {
            Account before = Accounts.lock(handle, account)
                    .orElseThrow(() -> new BillingException(
                            BillingError.UNKNOWN_ACCOUNT, "The account '%s' is not registered".formatted(account)));
            Optional<AccountOverride> newest = before.overrides().stream().reduce((earlier, later) -> later);
            if (newest.isPresent() && isSame(newest.get(), effectiveFrom, terms)) {
                return before;
            }
            AccountOverride override = new AccountOverride(before.overrides().size() + 1, effectiveFrom, terms, reason);
            requireUnbilled(handle, before, effectiveFrom);
            String planned = requireFitting(before, catalog, override);
            insert(handle, account, override, actor);
            ledger.append(handle, event(account, before.overrideAt(effectiveFrom), override, planned, actor));
            return Accounts.lock(handle, account).orElseThrow();
        });
    }

    private static boolean isSame(AccountOverride newest, Instant effectiveFrom, JsonNode terms) {
        return newest.effectiveFrom().equals(effectiveFrom)
                && CanonicalJson.text(newest.terms()).equals(CanonicalJson.text(terms));
    }

    private static String requireFitting(Account account, PlanCatalog catalog, AccountOverride override) {
        PlanVersion plan = account.tierAt(override.effectiveFrom())
                .map(assignment -> catalog.forTier(assignment.tier(), override.effectiveFrom()))
                .orElseThrow(() -> new BillingException(
                        BillingError.CONFLICT,
                        "The account '%s' has no tier at %s".formatted(account.account(), override.effectiveFrom())));
        return AccountPlan.overridden(account.account(), plan, override).reference();
    }

    private static void requireUnbilled(Handle handle, Account account, Instant from) {
        handle.createQuery("""
                        SELECT period FROM billing.document
                        WHERE account = :account AND kind = 'invoice' AND status <> 'void' AND period_from >= :from LIMIT 1
                        """)
                .bind("account", account.account())
                .bind("from", SqlTime.of(from))
                .mapTo(String.class)
                .findFirst()
                .ifPresent(period -> {
                    throw new BillingException(
                            BillingError.CONFLICT,
                            "The account '%s' is billed for %s already; let the override begin later"
                                    .formatted(account.account(), period));
                });
    }

    private void insert(Handle handle, String account, AccountOverride override, String actor) {
        handle.createUpdate("""
                        INSERT INTO billing.account_override
                        VALUES (:account, :number, :from, :terms::jsonb, :reason, :now, :actor)
                        """)
                .bind("account", account)
                .bind("number", override.number())
                .bind("from", SqlTime.of(override.effectiveFrom()))
                .bind("terms", CanonicalJson.text(override.terms()))
                .bind("reason", override.reason())
                .bind("now", SqlTime.of(SqlTime.read(clock)))
                .bind("actor", actor)
                .execute();
    }

    private static LedgerEvent event(
            String account, Optional<AccountOverride> before, AccountOverride after, String plan, String actor) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("account", account);
        before.ifPresent(override -> detail.put("before", describe(override)));
        detail.put("after", describe(after));
        detail.put("plan", plan);
        String subject = "override:%s/%d".formatted(account, after.number());
        return new LedgerEvent(
                actor,
                "account.override",
                detail,
                List.of(new LedgerItem(subject, CanonicalJson.sha256(CanonicalJson.text(detail)))));
    }

    private static Map<String, Object> describe(AccountOverride override) {
        return Map.of(
                "number", override.number(),
                "effectiveFrom", override.effectiveFrom().toString(),
                "terms", CanonicalJson.text(override.terms()),
                "reason", override.reason());
    }
}
