package countinghouse.billing.plan;

import countinghouse.billing.SqlTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds what a new plan version takes over from, and whom it concerns. */
final class PlanImpact {
    private static final int EXAMPLES = 5;
    private static final String HAVE_TIER = """
            SELECT a.account FROM billing.account a
            WHERE :tier::text IS NULL OR (SELECT t.tier FROM billing.tier_assignment t
                WHERE t.account = a.account AND t.effective_from <= :at ORDER BY t.effective_from DESC LIMIT 1) = :tier
            """;

    private final Handle handle;

    PlanImpact(Handle handle) {
        this.handle = handle;
    }

    /**
     * The change that a version is.
     *
     * @throws PlanException if something it would price is billed already
     */
    PlanChange of(PlanVersion version, PlanCatalog now) {
        boolean known =
                now.versions().stream().anyMatch(other -> other.document().equals(version.document()));
        if (!known) {
            requireUnbilled(version);
        }
        Optional<PlanVersion> before = now.inForce(version, version.effectiveFrom());
        return new PlanChange(
                version.reference(),
                version.tier(),
                version.effectiveFrom(),
                before.map(PlanVersion::reference),
                PlanDifference.between(before, version),
                affected(version));
    }

    private AffectedAccounts affected(PlanVersion version) {
        String tier = version.tier().map(Tier::label).orElse(null);
        long count = handle.createQuery("SELECT count(*) FROM (%s) AS concerned".formatted(HAVE_TIER))
                .bind("tier", tier)
                .bind("at", SqlTime.of(version.effectiveFrom()))
                .mapTo(Long.class)
                .one();
        List<String> examples = handle.createQuery(HAVE_TIER + " ORDER BY a.account COLLATE \"C\" LIMIT :limit")
                .bind("tier", tier)
                .bind("at", SqlTime.of(version.effectiveFrom()))
                .bind("limit", EXAMPLES)
                .mapTo(String.class)
                .list();
        return new AffectedAccounts(count, examples);
    }

    /** A finalized invoice is never edited, so a price may not change under it; corrections are adjustments. */
    private void requireUnbilled(PlanVersion version) {
        handle.createQuery("""
                        SELECT d.id, d.period FROM billing.document d
                        WHERE d.kind = :kind AND d.status <> 'void' AND d.period_from >= :from
                          AND (:tier::text IS NULL OR (SELECT t.tier FROM billing.tier_assignment t
                            WHERE t.account = d.account AND t.effective_from <= d.period_from
                            ORDER BY t.effective_from DESC LIMIT 1) = :tier)
                        ORDER BY d.period_to DESC LIMIT 1
                        """)
                .bind("kind", version.kind().label())
                .bind("tier", version.tier().map(Tier::label).orElse(null))
                .bind("from", SqlTime.of(version.effectiveFrom()))
                .map((row, context) -> new PlanException(
                        "The plan %s would be in force from %s, but %s of the period %s is billed already; let it begin later"
                                .formatted(
                                        version.reference(),
                                        version.effectiveFrom(),
                                        row.getString(1),
                                        row.getString(2))))
                .findOne()
                .ifPresent(problem -> {
                    throw problem;
                });
    }
}
