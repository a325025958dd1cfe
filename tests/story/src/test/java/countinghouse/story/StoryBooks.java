package countinghouse.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.BillingReport;
import countinghouse.billing.account.Registration;
import countinghouse.billing.invoice.Completion;
import countinghouse.billing.invoice.CreditRequest;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.http.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The books of the story, as clerks keep and read them. */
final class StoryBooks {
    private final StoryWorld world;
    private final Billing billing;

    StoryBooks(StoryWorld world) {
        this.world = world;
        this.billing = world.billing();
    }

    void tier(String account, Tier tier, String from, String zone) {
        billing.accounts()
                .register(new Registration(account, account, tier, Instant.parse(from), ZoneId.of(zone)), "clerk");
    }

    /** Publishes and bills a month on the second day of the next one. */
    void bill(String month) {
        Instant night =
                YearMonth.parse(month).plusMonths(1).atDay(2).atTime(6, 0).toInstant(ZoneOffset.UTC);
        world.publish(night);
        run(month);
    }

    void run(String month) {
        BillingReport report = billing.run().runAll(BillingPeriod.parse(month), "run-" + month, "clerk");
        assertThat(report.linesFailed())
                .as("lines of %s that differ from their raw events", month)
                .isZero();
    }

    List<String> invoices(String month) {
        return documents(DocumentKind.INVOICE, month);
    }

    /** Drafts, checks and finalizes what late usage changes of a month, invoices and pay-outs. */
    void adjust(String month) {
        BillingPeriod period = BillingPeriod.parse(month);
        for (DocumentKind kind : DocumentKind.values()) {
            Completion done = billing.run().adjust(kind, period, "adjust-" + month, "clerk");
            assertThat(done.check().failures())
                    .as("lines of adjustments of %s that differ from their raw events", month)
                    .isEmpty();
            assertThat(done.drafts().unrated().named()).isEmpty();
        }
    }

    void agree(String account, String from, String terms) {
        try {
            billing.overrides()
                    .agree(account, Instant.parse(from), Json.mapper().readTree(terms), "negotiated", "clerk");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Gives back of the tickets of an invoice. */
    void credit(Document document, String amount) {
        billing.creditNotes()
                .create(
                        new CreditRequest(
                                document.id(), Optional.of(3), new BigDecimal(amount), "the show was cancelled"),
                        "clerk");
    }

    /** The lines of a usage report, as {@code item: invoiced amount, known amount}. */
    List<String> reported(String account, String month) {
        return billing.usageReports().of(account, BillingPeriod.parse(month)).lines().stream()
                .map(line -> "%s: invoiced %s, known %s"
                        .formatted(line.known().item(), line.invoicedAmount(), line.knownAmount()))
                .toList();
    }

    List<String> adjustments(String month) {
        return invoices(month).stream().filter(text -> text.contains("#")).toList();
    }

    List<String> payouts(String month) {
        return documents(DocumentKind.PAYOUT, month);
    }

    /** The documents in force, as {@code account: item amount, ... = total}; an adjustment as {@code account#sequence: ...}. */
    private List<String> documents(DocumentKind kind, String month) {
        return billing.documents().page(DocumentFilter.all(kind).ofPeriod(month), "", 100).stream()
                .filter(document -> document.status() != DocumentStatus.VOID)
                .sorted(Comparator.comparing(Document::account).thenComparing(Document::sequence))
                .map(document -> "%s%s: %s = %s"
                        .formatted(
                                document.account(),
                                document.sequence() == 0 ? "" : "#" + document.sequence(),
                                document.lines().stream()
                                        .map(line -> line.content().item() + " "
                                                + line.amount().toPlainString())
                                        .collect(Collectors.joining(", ")),
                                document.total().toPlainString()))
                .toList();
    }

    Document invoice(String account, String month) {
        return billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE).ofPeriod(month), "", 100).stream()
                .filter(document -> document.account().equals(account)
                        && document.sequence() == 0
                        && document.status() != DocumentStatus.VOID)
                .findFirst()
                .orElseThrow();
    }

    BigDecimal quantity(String account, String month, String item) {
        return invoice(account, month).lines().stream()
                .filter(line -> line.content().item().equals(item))
                .findFirst()
                .flatMap(line -> line.content().metered())
                .orElseThrow()
                .quantity();
    }
}
