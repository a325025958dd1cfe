package countinghouse.ingestion.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.kit.http.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The truth as JSON lines: the totals first, then one line for each count, sorted. For whoever checks the platform; the platform
 * itself never reads it.
 *
 * @param totals what must become of the events
 * @param rows what must be counted
 */
public record TruthFile(TruthTotals totals, List<TruthRow> rows) {
    private static final String KIND = "kind";
    private static final String TOTALS = "totals";
    private static final String COUNT = "count";
    private static final Comparator<TruthRow> ORDER = Comparator.comparing(TruthRow::meter)
            .thenComparing(TruthRow::account)
            .thenComparing(row -> row.dimensions().toString())
            .thenComparing(TruthRow::hour);

    /** Writes what was recorded to a file, replacing it. */
    public static void write(Truth truth, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writeLine(writer, TOTALS, truth.totals());
            for (TruthRow row : truth.rows().stream().sorted(ORDER).toList()) {
                writeLine(writer, COUNT, row);
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is no truth file; the message names the line
     */
    public static TruthFile read(Path file) throws IOException {
        TruthTotals totals = null;
        List<TruthRow> rows = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                try {
                    ObjectNode json = (ObjectNode) Json.mapper().readTree(line);
                    JsonNode kind = json.remove(KIND);
                    if (kind != null && kind.asText().equals(TOTALS)) {
                        totals = Json.mapper().treeToValue(json, TruthTotals.class);
                    } else {
                        rows.add(Json.mapper().treeToValue(json, TruthRow.class));
                    }
                } catch (JsonProcessingException | ClassCastException e) {
                    throw new IOException("Line %d of %s is not a line of a truth file".formatted(number, file), e);
                }
            }
        }
        if (totals == null) {
            throw new IOException("%s has no totals; it is not a truth file".formatted(file));
        }
        return new TruthFile(totals, List.copyOf(rows));
    }

    private static void writeLine(BufferedWriter writer, String kind, Object value) throws IOException {
        ObjectNode json = Json.mapper().valueToTree(value);
        ObjectNode line = Json.mapper().createObjectNode().put(KIND, kind);
        line.setAll(json);
        writer.write(Json.text(line));
        writer.newLine();
    }
}
