package countinghouse.batch.reconcile;

import countinghouse.batch.run.Step;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The outcome of a reconciliation.
 *
 * @param buckets compared
 * @param rows compared
 * @param mismatches rows that differ
 * @param reasons rows that differ, by reason
 * @param explained rows that differ by exactly the duplicates older than the speed layer's horizon or by what history rules change, which is no
 *     error
 * @param differing the first of the rows that differ, by name
 */
public record Reconciled(
        int buckets,
        long rows,
        long mismatches,
        Map<String, Long> reasons,
        long explained,
        List<DifferingRow> differing) {
    public static final Step<Reconciled> STEP = new Step<>("reconcile", Reconciled.class);

    private static final int TOLD_ROWS = 5;

    public Reconciled {
        // An outcome of an older build names none.
        differing = differing == null ? List.of() : List.copyOf(differing);
    }

    /** The share of rows that agree, at most 1. */
    public BigDecimal accuracy() {
        return rows == 0
                ? BigDecimal.ONE
                : BigDecimal.valueOf(rows - mismatches).divide(BigDecimal.valueOf(rows), MathContext.DECIMAL64);
    }

    /**
     * This outcome.
     *
     * @throws CommandFailure (disagreed) if any row differs
     */
    public Reconciled orFail() {
        if (mismatches > 0) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%d of %d rows differ between the layers: %s; see published.reconciliation for the buckets, published.reconciliation_row for the rows. %s"
                            .formatted(
                                    mismatches,
                                    rows,
                                    reasons,
                                    differing.stream()
                                            .limit(TOLD_ROWS)
                                            .map(DifferingRow::line)
                                            .collect(Collectors.joining("; "))));
        }
        return this;
    }
}
