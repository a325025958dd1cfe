package countinghouse.publication;

import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.command.BatchSession;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.batch.reconcile.Reconciled;
import countinghouse.batch.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The steps of {@code batch run} in one process after another, with Spark kept running in between. */
final class NightlyRuns implements AutoCloseable {
    private final BatchSession session;

    NightlyRuns(BatchConfig config) {
        // Production has a session for each run, which has no tables of the last one to remember.
        System.setProperty("spark.sql.catalog." + IcebergConfig.CATALOG + ".cache-enabled", "false");
        session = BatchSession.open(config, "local[2]");
    }

    /** Everything but reconcile and publish. */
    Run count(String runId, RecomputeScope scope) {
        Run run = session.runs().findOrBegin(runId);
        session.seal().seal(run);
        session.archive(run).archive(run);
        session.rawGate().judge(run, firstDay(), false).orFail();
        session.recompute().recompute(run, scope);
        session.countsGate().judge(run, false).orFail();
        return run;
    }

    Reconciled reconcile(Run run) {
        return session.reconcile().reconcile(run);
    }

    long publish(Run run) {
        return session.publish().publish(run, "test").generation();
    }

    /** A whole run. */
    long publish(String runId) {
        Run run = count(runId, RecomputeScope.CHANGES);
        reconcile(run).orFail();
        return publish(run);
    }

    long rollback() {
        return session.generations().rollback().number();
    }

    Generations generations() {
        return session.generations();
    }

    private LocalDate firstDay() {
        return session.generations()
                .current()
                .map(current -> LocalDate.ofInstant(Instant.ofEpochMilli(current.closedThroughMs()), ZoneOffset.UTC))
                .orElse(LocalDate.EPOCH);
    }

    @Override
    public void close() {
        session.close();
    }
}
