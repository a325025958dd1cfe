package countinghouse.billing.invoice;

import countinghouse.billing.verify.LineVerdict;
import java.util.List;

/**
 * What a check of documents found.
 *
 * @param lines checked
 * @param failed how many of them differ
 * @param failures verdicts of the first lines that differ, at most {@value #MAX_NAMED}
 */
public record CheckResult(long lines, long failed, List<LineVerdict> failures) {
    static final int MAX_NAMED = 1000;

    public CheckResult {
        failures = List.copyOf(failures);
    }

    /** Whether every line agrees. */
    public boolean ok() {
        return failed == 0;
    }
}
