package countinghouse.billing.invoice;

import countinghouse.billing.verify.LineVerdict;
import java.util.List;

/**
 * What a check of documents found.
 *
 * @param lines checked
 * @param failures verdicts of the lines that differ
 */
public record CheckResult(long lines, List<LineVerdict> failures) {
    public CheckResult {
        failures = List.copyOf(failures);
    }
}
