package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.plan.DocumentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which documents a command is about. */
final class DocumentChoice {
    private static final int PAGE = 100;

    @Option(names = "--period", paramLabel = "PERIOD", description = "Only of this period, as it was billed.")
    private String period;

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only of this account.")
    private String account;

    @Option(names = "--payouts", description = "Pay-out statements instead of invoices.")
    private boolean payouts;

    /** All of them, by id. */
    List<Document> of(Billing billing) {
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
            page = billing.documents().page(filter, page.get(page.size() - 1).id(), PAGE);
        }
        return all;
    }
}
