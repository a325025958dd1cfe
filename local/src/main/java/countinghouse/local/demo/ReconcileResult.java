package countinghouse.local.demo;

import countinghouse.kit.database.Database;

/** How the speed layer's rows compared with the batch layer's in one run. */
record ReconcileResult(long rows, long mismatches) {
    private static final String SQL = """
            SELECT coalesce(sum(rows_compared), 0) AS rows, coalesce(sum(mismatches), 0) AS mismatches
            FROM published.reconciliation WHERE run_id = :run
            """;

    static ReconcileResult read(Database database, String runId) {
        return database.jdbi().withHandle(handle -> handle.createQuery(SQL)
                .bind("run", runId)
                .map((row, context) -> new ReconcileResult(row.getLong("rows"), row.getLong("mismatches")))
                .one());
    }
}
