package countinghouse.billing.plan;

import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keeps every plan version that was loaded or billed something, so that a line can be rated again with the very same prices. */
public final class PlanStore {
    private final Jdbi jdbi;
    private final Clock clock;

    public PlanStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Stores a version; storing it again changes nothing.
     *
     * @throws PlanException if the version was stored with other prices
     */
    public void store(Handle handle, PlanVersion plan) {
        byte[] digest = CanonicalJson.sha256(plan.document());
        handle.createUpdate("INSERT INTO billing.plan_version VALUES (:plan, :version, :document::jsonb, :digest, :now)"
                        + " ON CONFLICT DO NOTHING")
                .bind("plan", plan.name())
                .bind("version", plan.version())
                .bind("document", plan.document())
                .bind("digest", digest)
                .bind("now", SqlTime.of(SqlTime.read(clock)))
                .execute();
        requireSame(handle, plan);
    }

    /**
     * Compares a version with what is stored under its name; a version that is not stored is right.
     *
     * @throws PlanException if the version was stored with other prices
     */
    void requireSame(Handle handle, PlanVersion plan) {
        byte[] digest = CanonicalJson.sha256(plan.document());
        find(handle, plan.name(), plan.version())
                .filter(stored -> !Arrays.equals(stored.digest(), digest))
                .ifPresent(stored -> {
                    throw new PlanException(
                            "The plan %s is stored with other prices; a change of prices needs a new version"
                                    .formatted(plan.reference()));
                });
    }

    /** A stored version, as the database has it now; empty if it never billed anything. */
    public Optional<StoredPlan> find(String plan, int version) {
        return jdbi.withHandle(handle -> find(handle, plan, version));
    }

    private static Optional<StoredPlan> find(Handle handle, String plan, int version) {
        return handle.createQuery(
                        "SELECT document::text, digest FROM billing.plan_version WHERE plan = :plan AND version = :version")
                .bind("plan", plan)
                .bind("version", version)
                .map((row, context) -> new StoredPlan(PlanReader.read(row.getString(1)), row.getBytes(2)))
                .findOne();
    }

    /**
     * A version as it is stored.
     *
     * @param plan read from the stored document, with its canonical JSON
     * @param digest SHA-256 of that JSON when it was stored
     */
    public record StoredPlan(PlanVersion plan, byte[] digest) {}
}
