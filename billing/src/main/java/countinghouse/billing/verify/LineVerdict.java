package countinghouse.billing.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What verifying a line found.
 *
 * @param document its id
 * @param n the line
 * @param checks every comparison made
 */
public record LineVerdict(String document, int n, List<Check> checks) {
    public LineVerdict {
        checks = List.copyOf(checks);
    }

    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }

    /** In one sentence: that all agrees, or everything that does not. */
    public String message() {
        return ok()
                ? "Line %d of %s agrees with its raw events in every respect".formatted(n, document)
                : "Line %d of %s differs: %s"
                        .formatted(
                                n,
                                document,
                                checks.stream()
                                        .filter(check -> !check.ok())
                                        .map(check -> "%s is %s, but recomputed it is %s"
                                                .formatted(check.what(), check.expected(), check.actual()))
                                        .collect(Collectors.joining("; ")));
    }
}
