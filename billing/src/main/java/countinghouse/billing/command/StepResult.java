package countinghouse.billing.command;

import countinghouse.billing.DocumentTotals;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.UnratedAccount;
import countinghouse.billing.invoice.UnratedAccounts;
import countinghouse.billing.usage.UnregisteredUsage;
import countinghouse.billing.verify.LineVerdict;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a step of a billing run came to. It is printed also where it is why the command fails. */
final class StepResult {
    private final PrintWriter out;
    private final boolean json;
    private final Map<String, Object> values = new LinkedHashMap<>();

    StepResult(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void put(String name, Object value) {
        values.put(name, value);
    }

    /** @param kind of the documents, in the singular */
    void putTotals(String kind, DocumentTotals totals) {
        values.put(kind + "s", totals.documents());
        values.put(kind + "Total", totals.byCurrency());
    }

    /** Adds to the checks before. */
    void putCheck(CheckResult checked) {
        values.merge("linesVerified", checked.lines(), (before, more) -> (long) before + (long) more);
        values.merge("linesFailed", checked.failed(), (before, more) -> (long) before + (long) more);
        if (!checked.ok()) {
            values.put(
                    "failures",
                    checked.failures().stream().map(LineVerdict::message).toList());
        }
    }

    void putUnrated(UnratedAccounts unrated) {
        values.put("unratedAccounts", unrated.count());
        if (unrated.count() > 0) {
            values.put("unrated", unrated.named());
        }
    }

    void putUnregistered(UnregisteredUsage.Summary summary) {
        values.put("unregisteredAccounts", summary.accounts());
        values.put("unregisteredCounts", summary.counts());
    }

    void print() {
        Output.print(out, json, values);
    }

    /** @throws CommandFailure if a line differs from its raw events */
    void requireAgreement(CheckResult checked) {
        if (!checked.ok()) {
            throw failure(
                    ExitCode.DISAGREED,
                    "%d of %d lines differ; the first: %s"
                            .formatted(
                                    checked.failed(),
                                    checked.lines(),
                                    checked.failures().get(0).message()));
        }
    }

    /** @throws CommandFailure if an account could not be billed */
    void requireComplete(UnratedAccounts unrated) {
        if (unrated.count() > 0) {
            UnratedAccount first = unrated.named().get(0);
            throw failure(
                    ExitCode.INCOMPLETE,
                    "%d accounts could not be billed, all others are; mend the reasons, then repeat the command. The first, '%s': %s"
                            .formatted(unrated.count(), first.account(), first.reason()));
        }
    }

    /** Prints what there is and explains why it is a failure. */
    CommandFailure failure(ExitCode code, String message) {
        print();
        return new CommandFailure(code, message);
    }
}
