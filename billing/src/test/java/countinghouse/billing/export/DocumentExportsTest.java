package countinghouse.billing.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class DocumentExportsTest {
    private static final String NAME =
            "Công ty Cổ phần Giải trí và Truyền thông Đường Sắt Việt Nam – Chi nhánh Thành phố Hồ Chí Minh";
    private static final Issuer ISSUER = Issuer.from(Settings.of(Map.of(
            "invoices.issuer-name", "Countinghouse Ltd",
            "invoices.issuer-address", "1 Ledger Lane|London EC2V 8AB|United Kingdom")));

    private Billing billing;
    private DocumentExports exports;
    private Document invoice;

    @BeforeEach
    void bill(Books books) {
        billing = Billing.open(books.settings());
        billing.accounts()
                .register(
                        new Registration(
                                "=acme",
                                NAME,
                                Tier.VIP,
                                Instant.parse("2025-01-01T00:00:00Z"),
                                ZoneId.of("Asia/Ho_Chi_Minh")),
                        "tester");
        books.publish(
                1,
                Instant.parse("2026-11-02T00:00:00Z"),
                List.of(
                        Count.of("jobs_completed", "=acme", "2026-10-05T00:00:00Z", 1234567, "1234567"),
                        Count.of("job_seconds", "=acme", "2026-10-05T00:00:00Z", 9, "100400.5"),
                        Count.of("tickets_sold", "=acme", "2026-10-05T00:00:00Z", 3, "3")));
        BillingPeriod october = BillingPeriod.parse("2026-10");
        billing.run().close(october, "run", "tester");
        billing.run().draft(DocumentKind.INVOICE, october, "run", "tester");
        invoice = billing.documents()
                .page(DocumentFilter.all(DocumentKind.INVOICE), "", 10)
                .get(0);
        exports = new DocumentExports(billing, ISSUER);
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldPutEverythingACustomerNeedsOntoThePdf() throws IOException {
        byte[] pdf = exports.write(ExportFormat.PDF, invoice);

        String text = text(pdf);
        keep("invoice.pdf", pdf);
        assertThat(text.replaceAll("\\s+", " "))
                .contains("Invoice", invoice.id(), NAME, "Countinghouse Ltd", "1 Ledger Lane")
                .contains("2026-10-01 to 2026-10-31", "Asia/Ho_Chi_Minh")
                .contains("1,234,567", "VIP plan", "499.00")
                .contains("Total due", "USD 10,296.90", "No tax is charged", "Page 1 of 1");
    }

    @Test
    void shouldRepeatTheHeadOfTheTableOnEveryPageAndShowNegativeLines() throws IOException {
        Document corrected = withManyLines(invoice, 60);

        byte[] pdf = exports.write(ExportFormat.PDF, corrected);

        keep("pages.pdf", pdf);
        try (PDDocument read = Loader.loadPDF(pdf)) {
            int pages = read.getNumberOfPages();
            assertThat(pages).isGreaterThan(2);
            for (int page = 1; page <= pages; page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String text = stripper.getText(read);
                assertThat(text).contains("Page %d of %d".formatted(page, pages));
                assertThat(text).containsAnyOf("Description", "Total");
            }
        }
        assertThat(text(pdf)).contains("-70.25", "Adjustment", "Total in your favour");
    }

    @Test
    void shouldShowLettersThatTheFontDoesNotHaveAsQuestionMarksRatherThanFail() throws IOException {
        billing.accounts()
                .register(
                        new Registration(
                                "=acme",
                                "Kafé 東京 \uD83D\uDE80 Nguye\u0302\u0303n",
                                Tier.VIP,
                                Instant.parse("2025-01-01T00:00:00Z"),
                                ZoneId.of("Asia/Ho_Chi_Minh")),
                        "tester");

        assertThat(text(exports.write(ExportFormat.PDF, invoice))).contains("Kafé ?? ? Nguyễn");
    }

    @Test
    void shouldWriteTheSameBytesForTheSameDocument() {
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(exports.write(format, invoice)).as(format.name()).isEqualTo(exports.write(format, invoice));
        }
    }

    @Test
    void shouldWriteOneRowPerLineAsCsvWithoutFormulas() {
        List<String> rows = new String(exports.write(ExportFormat.CSV, invoice), UTF_8)
                .lines()
                .toList();

        assertThat(rows).hasSize(invoice.lines().size() + 1);
        assertThat(rows.get(0)).startsWith("document,kind,status,account,account_name,period");
        assertThat(rows.get(1)).contains(invoice.id(), ",'=acme,", ",499.00,", "vip,1,1,");
        assertThat(rows.get(2)).contains("\"Completed jobs above 10,000\"", ",1234567,");
    }

    @Test
    void shouldWriteFocusColumnsWithTheCostBeforeDiscounts() {
        List<String> rows = new String(exports.write(ExportFormat.FOCUS, invoice), UTF_8)
                .lines()
                .toList();
        List<String> header = List.of(rows.get(0).split(",", -1));

        // The mandatory columns of FOCUS 1.2.
        assertThat(header)
                .contains(
                        "BilledCost",
                        "BillingAccountId",
                        "BillingAccountName",
                        "BillingCurrency",
                        "BillingPeriodEnd",
                        "BillingPeriodStart",
                        "ChargeCategory",
                        "ChargeClass",
                        "ChargeDescription",
                        "ChargePeriodEnd",
                        "ChargePeriodStart",
                        "ContractedCost",
                        "EffectiveCost",
                        "InvoiceIssuerName",
                        "ListCost",
                        "PricingQuantity",
                        "PricingUnit",
                        "ProviderName",
                        "PublisherName",
                        "ServiceCategory",
                        "ServiceName");
        assertThat(rows).allMatch(row -> row.endsWith(row.equals(rows.get(0)) ? "x_FocusVersion" : ",1.2"));
        assertThat(rows.get(1)).contains("Purchase", "Recurring", "499.00");
        // Three tickets at 0.50 less 20 %.
        String tickets = rows.stream()
                .filter(row -> row.contains("Tickets sold"))
                .findFirst()
                .orElseThrow();
        List<String> fields = List.of(tickets.split(",", -1));
        assertThat(fields.get(header.indexOf("BilledCost"))).isEqualTo("1.20");
        assertThat(fields.get(header.indexOf("ListCost"))).isEqualTo("1.5");
        assertThat(fields.get(header.indexOf("ChargeCategory"))).isEqualTo("Usage");
        assertThat(fields.get(header.indexOf("ConsumedQuantity"))).isEqualTo("3");
        assertThat(fields.get(header.indexOf("SkuId"))).isEqualTo("vip/tickets");
        assertThat(fields.get(header.indexOf("SkuPriceId"))).isEqualTo("vip/tickets");
        assertThat(fields.get(header.indexOf("SkuMeter"))).isEqualTo("tickets_sold");
        assertThat(fields.get(header.indexOf("ServiceSubcategory"))).isEqualTo("Other (Other)");
        assertThat(fields.get(header.indexOf("BillingPeriodStart"))).isEqualTo("2026-09-30T17:00:00Z");
    }

    @Test
    void shouldWriteJsonAsTheApiDoes() throws IOException {
        JsonNode json = Json.mapper().readTree(exports.write(ExportFormat.JSON, invoice));

        assertThat(json.at("/data/0/id").asText()).isEqualTo(invoice.id());
        assertThat(json.at("/data/0/lines")).hasSize(invoice.lines().size());
    }

    @Test
    void shouldChooseTheFirstFormatThatIsAccepted() {
        assertThat(ExportFormat.accepted(null)).isEqualTo(ExportFormat.JSON);
        assertThat(ExportFormat.accepted("*/*")).isEqualTo(ExportFormat.JSON);
        assertThat(ExportFormat.accepted("text/html, application/pdf;q=0.9, */*"))
                .isEqualTo(ExportFormat.PDF);
        assertThat(ExportFormat.accepted("text/csv")).isEqualTo(ExportFormat.CSV);
        assertThat(ExportFormat.accepted("application/vnd.finops.focus+csv")).isEqualTo(ExportFormat.FOCUS);
    }

    private static Document withManyLines(Document document, int count) {
        List<DocumentLine> lines = new ArrayList<>();
        BigDecimal amount = new BigDecimal("-70.25");
        for (int n = 1; n <= count; n++) {
            DocumentLine template = document.lines().get(n % document.lines().size());
            lines.add(new DocumentLine(n, amount, template.content(), Optional.empty()));
        }
        return new Document(
                document.id(),
                document.account(),
                document.kind(),
                document.period(),
                document.range(),
                1,
                document.status(),
                document.currency(),
                amount.multiply(BigDecimal.valueOf(count)),
                document.generation(),
                document.runId(),
                document.digest(),
                document.createdAt(),
                lines);
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(read);
        }
    }

    /** For looking at: where the system property {@code countinghouse.keep} names a directory. */
    private static void keep(String name, byte[] pdf) throws IOException {
        String directory = System.getProperty("countinghouse.keep");
        if (directory != null) {
            Files.write(Path.of(directory, name), pdf);
        }
    }
}
