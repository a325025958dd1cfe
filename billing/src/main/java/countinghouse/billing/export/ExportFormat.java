package countinghouse.billing.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which documents leave the house. */
public enum ExportFormat {
    PDF("application/pdf", "pdf"),
    CSV("text/csv", "csv"),
    JSON("application/json", "json"),
    /** The columns of the FinOps Open Cost and Usage Specification, as CSV. */
    FOCUS("application/vnd.finops.focus+csv", "focus.csv");

    private final String contentType;
    private final String extension;

    ExportFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    public String contentType() {
        return contentType;
    }

    /** Of file names, without the dot. */
    public String extension() {
        return extension;
    }

    /**
     * The format of a name in any case.
     *
     * @throws IllegalArgumentException naming the formats there are
     */
    public static ExportFormat of(String name) {
        for (ExportFormat format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is not a format; formats are pdf, csv, json and focus".formatted(name));
    }

    /** The first format that an {@code Accept} header names; JSON if it names none. */
    public static ExportFormat accepted(String header) {
        if (header == null) {
            return JSON;
        }
        return Arrays.stream(header.split(",", -1))
                .map(range -> range.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT))
                .flatMap(type -> byType(type).stream())
                .findFirst()
                .orElse(JSON);
    }

    private static Optional<ExportFormat> byType(String type) {
        return Arrays.stream(values())
                .filter(format -> format.contentType.equals(type))
                .findFirst();
    }
}
