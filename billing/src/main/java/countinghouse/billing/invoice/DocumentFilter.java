package countinghouse.billing.invoice;

import countinghouse.billing.plan.DocumentKind;
import java.util.Optional;
import java.util.Set;

/**
 * Which documents are meant.
 *
 * @param kind invoices or pay-outs
 * @param account of one account only
 * @param visibleAccounts what the caller may see; empty for everything
 * @param period label of a billing period
 * @param status of their life
 */
public record DocumentFilter(
        DocumentKind kind,
        Optional<String> account,
        Optional<Set<String>> visibleAccounts,
        Optional<String> period,
        Optional<DocumentStatus> status) {
    public static DocumentFilter all(DocumentKind kind) {
        return new DocumentFilter(kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public DocumentFilter ofPeriod(String label) {
        return new DocumentFilter(kind, account, visibleAccounts, Optional.of(label), status);
    }

    public DocumentFilter withStatus(DocumentStatus wanted) {
        return new DocumentFilter(kind, account, visibleAccounts, period, Optional.of(wanted));
    }
}
