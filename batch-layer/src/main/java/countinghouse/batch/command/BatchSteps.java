package countinghouse.batch.command;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.gate.GateVerdict;
import countinghouse.batch.generation.Generation;
import countinghouse.batch.publish.Published;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.reconcile.Reconciled;
import countinghouse.batch.run.Run;
import countinghouse.batch.seal.Sealed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** The whole nightly run, step after step; the first failure ends it with the last generation still served. */
final class BatchSteps {
    private final BatchSession session;
    private final boolean isDriftAccepted;
    private final Consumer<String> progress;

    BatchSteps(BatchSession session, boolean isDriftAccepted, Consumer<String> progress) {
        this.session = session;
        this.isDriftAccepted = isDriftAccepted;
        this.progress = progress;
    }

    /**
     * What a run came to.
     *
     * @param runId of the run
     * @param generation published
     * @param closedThrough exclusive end of its last bucket
     * @param archived records
     * @param rows counted
     * @param publishedRows after adding up buckets and partitions
     * @param reconciled with the speed layer
     */
    record Summary(
            String runId,
            long generation,
            Instant closedThrough,
            long archived,
            long rows,
            long publishedRows,
            Reconciled reconciled) {}

    /** What a run came to before it is published. */
    record Prepared(Instant closedThrough, Archived archived, Recomputed recomputed, Reconciled reconciled) {}

    Summary run(Run run, RecomputeScope scope) {
        Prepared prepared = prepare(run, scope);
        Published published = session.publish().publish(run, user());
        progress.accept("published   generation %d, %,d rows".formatted(published.generation(), published.rows()));
        return new Summary(
                run.id(),
                published.generation(),
                prepared.closedThrough(),
                prepared.archived().records(),
                prepared.recomputed().rows(),
                published.rows(),
                prepared.reconciled());
    }

    /** Everything but the publish. */
    Prepared prepare(Run run, RecomputeScope scope) {
        Sealed sealed = session.seal().seal(run);
        Instant closedThrough = Instant.ofEpochMilli(sealed.closedThroughMs());
        progress.accept("sealed      every bucket before " + closedThrough);
        Archived archived = session.archive(run).archive(run);
        progress.accept("archived    %,d records".formatted(archived.records()));
        tell(session.rawGate().judge(run, firstDay(session), isDriftAccepted));
        Recomputed recomputed = session.recompute().recompute(run, scope);
        progress.accept("recomputed  %,d rows of %d ingest days"
                .formatted(recomputed.rows(), recomputed.days().size()));
        tell(session.countsGate().judge(run, isDriftAccepted));
        Reconciled reconciled = session.reconcile().reconcile(run).orFail();
        progress.accept(
                "reconciled  %,d rows of %,d buckets, none differs".formatted(reconciled.rows(), reconciled.buckets()));
        return new Prepared(closedThrough, archived, recomputed, reconciled);
    }

    private void tell(GateVerdict verdict) {
        verdict.warnings()
                .forEach(warning -> progress.accept("gate %-6s warns: %s".formatted(verdict.gate(), warning)));
        progress.accept("gate %-6s %d checks held"
                .formatted(verdict.gate(), verdict.orFail().checks().size()));
    }

    /** First ingest day that the next recomputation looks at. */
    static LocalDate firstDay(BatchSession session) {
        long changedFromMs =
                session.generations().current().map(Generation::closedThroughMs).orElse(0L);
        return Instant.ofEpochMilli(changedFromMs).atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Who runs this process. */
    static String user() {
        return System.getProperty("user.name");
    }
}
