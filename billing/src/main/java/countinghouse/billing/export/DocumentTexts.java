package countinghouse.billing.export;

import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.rating.Detail;
import countinghouse.kit.http.ZoneText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;

/** What a document says in words, in its account's time zone. */
final class DocumentTexts {
    private final ExportedDocument exported;
    private final Document document;

    DocumentTexts(ExportedDocument exported) {
        this.exported = exported;
        this.document = exported.document();
    }

    String title() {
        String kind = document.kind() == DocumentKind.INVOICE
                ? document.sequence() > 0 ? "Adjustment" : "Invoice"
                : "Pay-out statement";
        return document.status() == DocumentStatus.DRAFT
                ? "Draft: " + kind
                : document.status() == DocumentStatus.VOID ? "Void: " + kind : kind;
    }

    String recipientLabel() {
        return document.kind() == DocumentKind.INVOICE ? "Bill to" : "Pay to";
    }

    String totalLabel() {
        if (document.kind() == DocumentKind.PAYOUT) {
            return "Total paid out";
        }
        return document.total().signum() < 0 ? "Total in your favour" : "Total due";
    }

    /** Names and values of what the document's head tells. */
    List<String[]> meta() {
        return List.of(
                new String[] {"Number", document.id()},
                new String[] {"Issued", exported.issued().toString()},
                new String[] {"Period", period()},
                new String[] {"Time zone", ZoneText.of(exported.zone())},
                new String[] {"Currency", document.currency()},
                new String[] {"Status", document.status().label()});
    }

    /** Whole days as dates, both inclusive; anything else as instants. */
    private String period() {
        ZonedDateTime from = document.range().from().atZone(exported.zone());
        ZonedDateTime to = document.range().to().atZone(exported.zone());
        boolean days =
                from.toLocalTime().toSecondOfDay() == 0 && to.toLocalTime().toSecondOfDay() == 0;
        LocalDate last = to.toLocalDate().minusDays(1);
        return days
                ? from.toLocalDate() + " to " + last
                : document.range().from() + " to " + document.range().to();
    }

    /** The part of the period that a line is of. */
    String range(DocumentLine line) {
        return "%s to %s"
                .formatted(
                        local(line.content().range().from()),
                        local(line.content().range().to()));
    }

    private String local(Instant instant) {
        return instant.atZone(exported.zone()).toLocalDateTime().toString().replace('T', ' ');
    }

    /** How a line's amount came about. */
    static String working(Detail detail) {
        return "%s: %s × %s = %s"
                .formatted(
                        detail.reference().replace('-', ' '),
                        Amounts.shortest(detail.quantity()),
                        Amounts.shortest(detail.unitPrice()),
                        Amounts.shortest(detail.amount()));
    }
}
