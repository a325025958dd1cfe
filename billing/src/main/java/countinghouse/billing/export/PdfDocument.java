package countinghouse.billing.export;

import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.rating.Detail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.ZonedDateTime;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/** One invoice or pay-out statement as PDF. The same document gives the same bytes. */
final class PdfDocument {
    private static final float LEFT = 50;
    private static final float RIGHT = PdfCanvas.WIDTH - 50;
    private static final float TOP = 50;
    private static final float BOTTOM = PdfCanvas.HEIGHT - 70;
    private static final float DESCRIPTION = LEFT + 24;
    private static final float DESCRIPTION_WIDTH = 290;
    private static final float QUANTITY_RIGHT = RIGHT - 90;
    private static final float META_LEFT = 330;
    private static final float META_VALUE = 390;
    private static final float GAP = 6;

    private final ExportedDocument exported;
    private final Document document;
    private final DocumentTexts texts;
    private final Issuer issuer;
    private final PdfCanvas canvas;
    private float top = TOP;

    private PdfDocument(ExportedDocument exported, Issuer issuer, PdfCanvas canvas) {
        this.exported = exported;
        this.document = exported.document();
        this.texts = new DocumentTexts(exported);
        this.issuer = issuer;
        this.canvas = canvas;
    }

    static byte[] write(ExportedDocument exported, Issuer issuer) {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            describe(pdf, exported, issuer);
            try (PdfCanvas canvas = new PdfCanvas(pdf)) {
                PdfDocument writer = new PdfDocument(exported, issuer, canvas);
                writer.write();
                writer.writeFooters(pdf);
            }
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(PDDocument pdf, ExportedDocument exported, Issuer issuer) {
        Document document = exported.document();
        PDDocumentInformation information = pdf.getDocumentInformation();
        information.setTitle(new DocumentTexts(exported).title() + " " + document.id());
        information.setAuthor(issuer.name());
        information.setCreationDate(
                GregorianCalendar.from(ZonedDateTime.ofInstant(document.createdAt(), exported.zone())));
        pdf.getDocumentCatalog().setLanguage("en");
        // Otherwise the time of writing goes into the file's id.
        pdf.setDocumentId(
                ByteBuffer.wrap(document.digest().length < Long.BYTES ? new byte[Long.BYTES] : document.digest())
                        .getLong());
    }

    private void write() throws IOException {
        canvas.newPage();
        writeHead();
        writeTableHead();
        for (DocumentLine line : document.lines()) {
            write(line);
        }
        writeTotals();
    }

    private void writeHead() throws IOException {
        canvas.text(PdfStyle.TITLE, LEFT, TOP, texts.title());
        float metaTop = TOP;
        for (String[] pair : texts.meta()) {
            canvas.text(PdfStyle.LABEL, META_LEFT, metaTop, pair[0]);
            for (String line : canvas.wrapped(PdfStyle.BODY, pair[1], RIGHT - META_VALUE)) {
                canvas.text(PdfStyle.BODY, META_VALUE, metaTop, line);
                metaTop += PdfStyle.BODY.leading();
            }
        }
        top = TOP + PdfStyle.TITLE.leading() + GAP;
        float width = META_LEFT - LEFT - 20;
        writeParagraph(PdfStyle.HEADING, issuer.name(), width);
        for (String line : issuer.address()) {
            writeParagraph(PdfStyle.BODY, line, width);
        }
        top += 2 * GAP;
        writeParagraph(PdfStyle.LABEL, texts.recipientLabel(), width);
        writeParagraph(PdfStyle.HEADING, exported.recipient().name(), width);
        writeParagraph(PdfStyle.BODY, "Account " + document.account(), width);
        top = Math.max(top, metaTop) + 3 * GAP;
    }

    private void writeParagraph(PdfStyle style, String text, float width) throws IOException {
        for (String line : canvas.wrapped(style, text, width)) {
            canvas.text(style, LEFT, top, line);
            top += style.leading();
        }
    }

    private void writeTableHead() throws IOException {
        canvas.box(LEFT - 4, top - 4, RIGHT - LEFT + 8, PdfStyle.HEADING.leading() + 6, PdfStyle.SHADE);
        canvas.text(PdfStyle.HEADING, LEFT, top, "#");
        canvas.text(PdfStyle.HEADING, DESCRIPTION, top, "Description");
        canvas.textRight(PdfStyle.HEADING, QUANTITY_RIGHT, top, "Quantity");
        canvas.textRight(PdfStyle.HEADING, RIGHT, top, "Amount (%s)".formatted(document.currency()));
        top += PdfStyle.HEADING.leading() + GAP + 2;
    }

    private void write(DocumentLine line) throws IOException {
        List<String> description = canvas.wrapped(PdfStyle.BODY, line.content().description(), DESCRIPTION_WIDTH);
        // The first detail stays with its line.
        require(description.size() * PdfStyle.BODY.leading() + 2 * PdfStyle.SMALL.leading());
        canvas.text(PdfStyle.BODY, LEFT, top, Integer.toString(line.n()));
        canvas.textRight(
                PdfStyle.BODY,
                QUANTITY_RIGHT,
                top,
                line.content()
                        .metered()
                        .map(metered -> Amounts.shortest(metered.quantity()))
                        .orElse(""));
        canvas.textRight(PdfStyle.BODY, RIGHT, top, Amounts.text(line.amount()));
        for (String text : description) {
            canvas.text(PdfStyle.BODY, DESCRIPTION, top, text);
            top += PdfStyle.BODY.leading();
        }
        if (!line.content().range().equals(document.range())) {
            writeSmall(texts.range(line));
        }
        for (Detail detail : line.content().details()) {
            writeSmall(DocumentTexts.working(detail));
        }
        top += GAP / 2;
        canvas.line(LEFT, RIGHT, top, 0.4f, PdfStyle.RULE);
        top += GAP;
    }

    private void writeSmall(String text) throws IOException {
        for (String line : canvas.wrapped(PdfStyle.SMALL, text, DESCRIPTION_WIDTH + 40)) {
            require(PdfStyle.SMALL.leading());
            canvas.text(PdfStyle.SMALL, DESCRIPTION, top, line);
            top += PdfStyle.SMALL.leading();
        }
    }

    private void writeTotals() throws IOException {
        require(6 * PdfStyle.TOTAL.leading());
        top += GAP;
        BigDecimal total = document.total();
        writeSum(PdfStyle.BODY, "Subtotal", Amounts.text(total));
        writeSum(PdfStyle.BODY, "Tax", Amounts.text(total.subtract(total)));
        canvas.line(META_LEFT, RIGHT, top, 0.8f, PdfStyle.INK);
        top += GAP;
        writeSum(PdfStyle.TOTAL, texts.totalLabel(), "%s %s".formatted(document.currency(), Amounts.text(total)));
        top += GAP;
        writeParagraph(PdfStyle.LABEL, issuer.taxNote(), RIGHT - LEFT);
        writeParagraph(
                PdfStyle.LABEL,
                "Each amount is rounded once, per line. Every line can be recomputed from its events; ask for it by"
                        + " number.",
                RIGHT - LEFT);
    }

    private void writeSum(PdfStyle style, String label, String amount) throws IOException {
        canvas.text(style, META_LEFT, top, label);
        canvas.textRight(style, RIGHT, top, amount);
        top += style.leading() + 2;
    }

    /** Begins another page unless so much fits on this one. */
    private void require(float height) throws IOException {
        if (top + height > BOTTOM) {
            canvas.newPage();
            top = TOP;
            writeTableHead();
        }
    }

    private void writeFooters(PDDocument pdf) throws IOException {
        int pages = pdf.getNumberOfPages();
        for (int page = 0; page < pages; page++) {
            canvas.reopen(pdf.getPage(page));
            float footer = PdfCanvas.HEIGHT - 48;
            canvas.line(LEFT, RIGHT, footer - GAP, 0.4f, PdfStyle.RULE);
            canvas.text(PdfStyle.SMALL, LEFT, footer, "%s %s".formatted(texts.title(), document.id()));
            canvas.textRight(PdfStyle.SMALL, RIGHT, footer, "Page %d of %d".formatted(page + 1, pages));
            canvas.text(
                    PdfStyle.SMALL,
                    LEFT,
                    footer + PdfStyle.SMALL.leading(),
                    "Generation %d, SHA-256 %s"
                            .formatted(document.generation(), HexFormat.of().formatHex(document.digest())));
        }
    }
}
