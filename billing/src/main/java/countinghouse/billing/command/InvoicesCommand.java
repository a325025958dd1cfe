package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.api.DocumentView;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code invoices}: lists invoices, or pay-out statements. */
@Command(name = "invoices", description = "List invoices.", mixinStandardHelpOptions = true)
public final class InvoicesCommand implements Subcommand {
    private static final int PAGE = 100;

    @Option(names = "--period", paramLabel = "PERIOD", description = "Only of this period, as it was billed.")
    private String period;

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only of this account.")
    private String account;

    @Option(names = "--payouts", description = "List pay-out statements instead.")
    private boolean payouts;

    @Option(names = "--json", description = "Print JSON, with all lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BillingSession.run(billing -> {
            DocumentFilter filter = new DocumentFilter(
                    payouts ? DocumentKind.PAYOUT : DocumentKind.INVOICE,
                    Optional.ofNullable(account),
                    Optional.empty(),
                    Optional.ofNullable(period),
                    Optional.empty());
            List<Document> all = new ArrayList<>();
            List<Document> page = billing.documents().page(filter, "", PAGE);
            while (!page.isEmpty()) {
                all.addAll(page);
                page = billing.documents()
                        .page(filter, page.get(page.size() - 1).id(), PAGE);
            }
            print(billing, all);
        });
    }

    private void print(Billing billing, List<Document> all) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(Map.of(
                    "data", all.stream().map(one -> withRoot(billing, one)).toList())));
        } else if (all.isEmpty()) {
            out.println("No documents; 'countinghouse bill run --period PERIOD' makes them");
        } else {
            out.printf("%-30s %-24s %-10s %16s  %s%n", "ID", "ACCOUNT", "STATUS", "TOTAL", "PERIOD");
            all.forEach(one -> out.printf(
                    "%-30s %-24s %-10s %12s %s  %s%n",
                    one.id(), one.account(), one.status().label(), one.total(), one.currency(), one.period()));
        }
        out.flush();
    }

    private static Map<String, Object> withRoot(Billing billing, Document document) {
        Map<String, Object> full = DocumentView.full(document);
        billing.ledgerReader()
                .rootOf(document.subject())
                .ifPresent(root -> full.put("auditRoot", DocumentView.root(root)));
        return full;
    }
}
