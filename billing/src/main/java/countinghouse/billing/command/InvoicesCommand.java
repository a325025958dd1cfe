package countinghouse.billing.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import countinghouse.billing.Billing;
import countinghouse.billing.api.DocumentView;
import countinghouse.billing.idempotency.KeyedRequest;
import countinghouse.billing.invoice.CreditRequest;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code invoices}: lists invoices, or pay-out statements. */
@Command(
        name = "invoices",
        description = "List invoices; pay, void or credit one.",
        mixinStandardHelpOptions = true,
        subcommands = InvoiceExportCommand.class)
public final class InvoicesCommand implements Subcommand {
    private static final String JSON = "Print the result as JSON.";

    @Mixin
    private DocumentChoice choice;

    @Option(names = "--json", description = "Print JSON, with all lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        BillingSession.run(billing -> print(billing, choice.of(billing)));
    }

    @Command(description = "Note that a finalized document is paid.", mixinStandardHelpOptions = true)
    void pay(@Parameters(paramLabel = "ID") String id, @Option(names = "--json", description = JSON) boolean asJson) {
        move(id, DocumentStatus.PAID, "", asJson);
    }

    @Command(name = "void", description = "Make a document void; it stays readable.", mixinStandardHelpOptions = true)
    void makeVoid(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why, for the audit ledger.") String reason,
            @Option(names = "--json", description = JSON) boolean asJson) {
        move(id, DocumentStatus.VOID, reason, asJson);
    }

    @Command(description = "Give something back of a finalized or paid document.", mixinStandardHelpOptions = true)
    void credit(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--amount", required = true, description = "Above 0, in the document's currency.")
                    BigDecimal amount,
            @Option(names = "--reason", required = true, description = "Why; on the credit note.") String reason,
            @Option(names = "--line", description = "The line that it concerns.") Integer line,
            @Option(names = "--key", description = "A text of yours; repeating the command with it repeats nothing.")
                    String key,
            @Option(names = "--json", description = JSON) boolean asJson) {
        BillingSession.run(billing -> {
            CreditRequest wish = new CreditRequest(id, Optional.ofNullable(line), amount, reason);
            Supplier<String> change = () ->
                    Json.text(DocumentView.creditNote(billing.creditNotes().create(wish, BillingSession.actor())));
            String answer = key == null
                    ? change.get()
                    : billing.idempotentChanges()
                            .make(
                                    KeyedRequest.of(BillingSession.actor(), key, "CREDIT", id, String.valueOf(wish)),
                                    change)
                            .body();
            Output.print(spec.commandLine().getOut(), asJson, members(answer));
        });
    }

    private void move(String id, DocumentStatus to, String reason, boolean asJson) {
        BillingSession.run(billing -> Output.print(
                spec.commandLine().getOut(),
                asJson,
                DocumentView.summary(billing.statusChanges().move(id, to, reason, BillingSession.actor()))));
    }

    private static Map<String, ?> members(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer of this program is JSON", e);
        }
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
