package countinghouse.billing.plan;

import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Loads price lists. A version that is loaded never changes and never goes away; a load only adds versions. Loading the same file again
 * changes nothing.
 */
public final class PlanLoads {
    private final Jdbi jdbi;
    private final LoadedPlans loaded;
    private final PlanStore store;
    private final Ledger ledger;
    private final Clock clock;

    public PlanLoads(Jdbi jdbi, LoadedPlans loaded, PlanStore store, Ledger ledger, Clock clock) {
        this.jdbi = jdbi;
        this.loaded = loaded;
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What loading a file would do; writes nothing.
     *
     * @throws PlanException if it could not be loaded
     */
    public PlanLoadReport compare(PlanFile file) {
        return jdbi.inTransaction(handle -> compare(handle, file));
    }

    /**
     * Loads what is new in a file.
     *
     * @param actor who asks for it
     * @throws PlanException if a loaded version would change, or a period that is billed already would be priced anew
     */
    public PlanLoadReport load(PlanFile file, String actor) {
        return jdbi.inTransaction(handle -> {
            // One load at a time; readers are not in the way.
            handle.execute("SELECT pg_advisory_xact_lock(hashtext('billing.plan_load'))");
            PlanLoadReport report = compare(handle, file);
            if (report.changes().isEmpty()) {
                return report;
            }
            long number = LoadedPlans.newest(handle).orElse(0) + 1;
            write(handle, number, file, report, actor);
            return new PlanLoadReport(OptionalLong.of(number), report.changes(), report.unchanged(), report.kept());
        });
    }

    private PlanLoadReport compare(Handle handle, PlanFile file) {
        PlanCatalog now = loaded.read(handle);
        boolean first = LoadedPlans.newest(handle).isEmpty();
        PlanImpact impact = new PlanImpact(handle);
        List<PlanChange> changes = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        for (PlanVersion version : file.catalog().versions()) {
            store.requireSame(handle, version);
            boolean isThere =
                    now.versions().stream().anyMatch(other -> other.reference().equals(version.reference()));
            if (isThere && !first) {
                unchanged.add(version.reference());
            } else {
                changes.add(impact.of(version, now));
            }
        }
        List<String> kept = first
                ? List.of()
                : now.versions().stream()
                        .map(PlanVersion::reference)
                        .filter(reference -> file.catalog().versions().stream()
                                .noneMatch(version -> version.reference().equals(reference)))
                        .toList();
        return new PlanLoadReport(OptionalLong.empty(), changes, unchanged, kept);
    }

    private void write(Handle handle, long number, PlanFile file, PlanLoadReport report, String actor) {
        List<LedgerItem> items = new ArrayList<>();
        Map<String, PlanVersion> added = new LinkedHashMap<>();
        file.catalog().versions().stream()
                .filter(version -> report.changes().stream()
                        .anyMatch(change -> change.plan().equals(version.reference())))
                .forEach(version -> added.put(version.reference(), version));
        added.forEach((reference, version) -> {
            store.store(handle, version);
            items.add(new LedgerItem("plan:" + reference, CanonicalJson.sha256(version.document())));
        });
        handle.createUpdate("INSERT INTO billing.plan_load VALUES (:number, :meters, :digest, :now, :actor)")
                .bind("number", number)
                .bindArray(
                        "meters",
                        String.class,
                        file.billedMeters().stream().sorted().toArray())
                .bind("digest", CanonicalJson.sha256(String.join("\n", added.keySet())))
                .bind("now", SqlTime.of(SqlTime.read(clock)))
                .bind("actor", actor)
                .execute();
        added.values()
                .forEach(version -> handle.execute(
                        "INSERT INTO billing.plan_load_version VALUES (?, ?, ?)",
                        number,
                        version.name(),
                        version.version()));
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("load", number);
        detail.put("changes", report.changes().stream().map(PlanChange::toJson).toList());
        ledger.append(handle, new LedgerEvent(actor, "plans.loaded", detail, items));
    }
}
