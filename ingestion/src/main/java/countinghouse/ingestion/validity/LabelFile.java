package countinghouse.ingestion.validity;

import countinghouse.ingestion.source.LabelledView;
import countinghouse.kit.http.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The labels of traffic as JSON lines, beside the events and never in them: for whoever checks the rules, not for the rules. */
final class LabelFile {
    private LabelFile() {}

    /** Writes a line for each view in the order of arrival, replacing the file. */
    static void write(List<LabelledView> views, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (LabelledView view : views) {
                writer.write(Json.text(Map.of(
                        "arrival", view.arrival(),
                        "id", view.id(),
                        "label", view.label(),
                        "billable", view.billable())));
                writer.newLine();
            }
        }
    }
}
