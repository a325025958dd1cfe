package countinghouse.billing.command;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.api.UsageReportView;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code usage}: what an account used in a period, as invoiced beside as known now. */
@Command(
        name = "usage",
        description = "Usage of an account, as invoiced and as known now, at the level of its tier.",
        mixinStandardHelpOptions = true)
public final class UsageReportCommand implements Subcommand {
    @Option(names = "--account", required = true, paramLabel = "ACCOUNT", description = "Whose usage.")
    private String account;

    @Option(names = "--period", required = true, paramLabel = "PERIOD", description = "A month (2026-10), or FROM/TO.")
    private String period;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BillingSession.run(billing -> {
            Map<String, Object> report =
                    UsageReportView.of(billing.usageReports().of(account, BillingPeriod.parse(period)));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.text(report));
            } else {
                print(out, Json.mapper().valueToTree(report));
            }
            out.flush();
        });
    }

    private static void print(PrintWriter out, JsonNode report) {
        out.printf(
                "%s, %s: %s report, %s, generation %s%n",
                report.path("account").asText(),
                report.path("period").asText(),
                report.path("level").asText(),
                report.path("status").asText(),
                report.path("generation").asText());
        out.printf("%-40s %16s %12s %16s %12s%n", "", "AS INVOICED", "", "AS KNOWN NOW", "");
        for (JsonNode line : report.path("lines")) {
            out.printf(
                    "%-40s %16s %12s %16s %12s%n",
                    line.path("description").asText(),
                    line.at("/asInvoiced/quantity").asText("-"),
                    line.at("/asInvoiced/amount").asText(""),
                    line.at("/asKnownNow/quantity").asText("-"),
                    line.at("/asKnownNow/amount").asText(""));
        }
        if (report.has("difference")) {
            out.printf(
                    "%-40s %16s %12s %16s %12s %s%n",
                    "Total",
                    "",
                    report.at("/asInvoiced/amount").asText(),
                    "",
                    report.at("/asKnownNow/amount").asText(),
                    report.path("currency").asText());
        }
    }
}
