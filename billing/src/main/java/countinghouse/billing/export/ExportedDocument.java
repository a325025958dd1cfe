package countinghouse.billing.export;

import countinghouse.billing.account.Account;
import countinghouse.billing.invoice.Document;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A document with what has to stand on it besides.
 *
 * @param document to export
 * @param recipient whose it is
 */
public record ExportedDocument(Document document, Account recipient) {
    ZoneId zone() {
        return recipient.zone();
    }

    LocalDate issued() {
        return LocalDate.ofInstant(document.createdAt(), zone());
    }
}
