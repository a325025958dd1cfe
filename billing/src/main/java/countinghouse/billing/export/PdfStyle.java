package countinghouse.billing.export;

import java.awt.Color;

/**
 * How text looks.
 *
 * @param size in points
 * @param bold drawn with an outline, because there is one font
 * @param color of it
 */
record PdfStyle(float size, boolean bold, Color color) {
    static final Color INK = new Color(0x22, 0x2b, 0x33);
    static final Color GREY = new Color(0x66, 0x70, 0x7a);
    static final Color RULE = new Color(0xc9, 0xd0, 0xd6);
    static final Color SHADE = new Color(0xf1, 0xf4, 0xf6);

    static final PdfStyle TITLE = new PdfStyle(20, true, INK);
    static final PdfStyle HEADING = new PdfStyle(9, true, INK);
    static final PdfStyle BODY = new PdfStyle(9, false, INK);
    static final PdfStyle SMALL = new PdfStyle(7, false, GREY);
    static final PdfStyle LABEL = new PdfStyle(8, false, GREY);
    static final PdfStyle TOTAL = new PdfStyle(12, true, INK);

    /** From the top of a line to the top of the next. */
    float leading() {
        return size * 1.4f;
    }
}
