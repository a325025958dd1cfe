package countinghouse.billing.plan;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The catalog in force: every version that was ever loaded; before the first load, the file that the deployment starts with. */
public final class LoadedPlans implements Supplier<PlanCatalog> {
    private final Jdbi jdbi;
    private final PlanFile initial;
    private volatile Cached cached;

    public LoadedPlans(Jdbi jdbi, PlanFile initial) {
        this.jdbi = jdbi;
        this.initial = initial;
        this.cached = new Cached(OptionalLong.empty(), initial.catalog());
    }

    /** The catalog as of now; what another process loads is seen by the next call. */
    @Override
    public PlanCatalog get() {
        return jdbi.withHandle(this::read);
    }

    PlanCatalog read(Handle handle) {
        OptionalLong newest = newest(handle);
        Cached known = cached;
        if (!known.load().equals(newest)) {
            known = new Cached(newest, newest.isEmpty() ? initial.catalog() : PlanCatalog.loaded(versions(handle)));
            cached = known;
        }
        return known.catalog();
    }

    /** Number of the newest load; empty before the first. */
    static OptionalLong newest(Handle handle) {
        return handle.createQuery("SELECT max(number) FROM billing.plan_load")
                .map((row, context) -> {
                    long number = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
                })
                .one();
    }

    private static List<PlanVersion> versions(Handle handle) {
        return handle.createQuery("""
                        SELECT v.document::text FROM billing.plan_load_version l JOIN billing.plan_version v USING (plan, version)
                        """)
                .map((row, context) -> PlanReader.read(row.getString(1)))
                .list();
    }

    private record Cached(OptionalLong load, PlanCatalog catalog) {}
}
