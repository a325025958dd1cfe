package countinghouse.billing.export;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/**
 * Writes text on A4 pages from the top down, with one embedded font: Liberation Sans, which PDFBox ships (SIL Open Font License 1.1) and which has Latin with all
 * Vietnamese letters, Greek and Cyrillic. Coordinates are points from the left and from the top.
 */
final class PdfCanvas implements AutoCloseable {
    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float BOLD_STROKE = 0.025f;
    private static final int UNITS_PER_EM = 1000;
    private static final String REPLACEMENT = "?";

    private final PDDocument document;
    private final PDType0Font font;
    private PDPageContentStream page;

    PdfCanvas(PDDocument document) throws IOException {
        this.document = document;
        try (InputStream bytes = PDDocument.class.getResourceAsStream(FONT)) {
            this.font = PDType0Font.load(document, bytes, true);
        }
    }

    /** Begins another page. */
    void newPage() throws IOException {
        close();
        PDPage added = new PDPage(PDRectangle.A4);
        document.addPage(added);
        page = new PDPageContentStream(document, added);
    }

    /** Goes on writing on a page that was begun before. */
    void reopen(PDPage existing) throws IOException {
        close();
        page = new PDPageContentStream(document, existing, PDPageContentStream.AppendMode.APPEND, true, true);
    }

    void text(PdfStyle style, float left, float top, String text) throws IOException {
        page.saveGraphicsState();
        page.beginText();
        page.setFont(font, style.size());
        page.setNonStrokingColor(style.color());
        if (style.bold()) {
            page.setStrokingColor(style.color());
            page.setLineWidth(style.size() * BOLD_STROKE);
            page.setRenderingMode(RenderingMode.FILL_STROKE);
        }
        page.newLineAtOffset(left, HEIGHT - top - style.size());
        page.showText(printable(text));
        page.endText();
        page.restoreGraphicsState();
    }

    /** Writes a text that ends at {@code right}. */
    void textRight(PdfStyle style, float right, float top, String text) throws IOException {
        text(style, right - width(style, text), top, text);
    }

    void line(float left, float right, float top, float thickness, Color color) throws IOException {
        page.setNonStrokingColor(color);
        page.addRect(left, HEIGHT - top - thickness, right - left, thickness);
        page.fill();
    }

    void box(float left, float top, float width, float height, Color color) throws IOException {
        page.setNonStrokingColor(color);
        page.addRect(left, HEIGHT - top - height, width, height);
        page.fill();
    }

    float width(PdfStyle style, String text) throws IOException {
        return font.getStringWidth(printable(text)) / UNITS_PER_EM * style.size();
    }

    /** A text in lines of at most a width; broken between words, and within a word only if it is longer than a line. */
    List<String> wrapped(PdfStyle style, String text, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(text).split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(style, longer) <= width) {
                line.setLength(0);
                line.append(longer);
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            for (int start = 0; start < word.length(); start = word.offsetByCodePoints(start, 1)) {
                String letter = word.substring(start, word.offsetByCodePoints(start, 1));
                if (!line.isEmpty() && width(style, line + letter) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(letter);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** What the font can show; letters with combining marks become the one letter that the font has. */
    private String printable(String text) {
        StringBuilder printable = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(code -> {
            String letter = Character.isISOControl(code) ? " " : Character.toString(code);
            printable.append(has(letter) ? letter : REPLACEMENT);
        });
        return printable.toString();
    }

    private boolean has(String letter) {
        try {
            font.encode(letter);
            return true;
        } catch (IllegalArgumentException | IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (page != null) {
            page.close();
            page = null;
        }
    }
}
