package countinghouse.billing.command;

import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.util.Map;

/** Prints a command's result: as JSON, or as one {@code name: value} per line. */
final class Output {
    private Output() {}

    static void print(PrintWriter out, boolean json, Map<String, ?> result) {
        if (json) {
            out.println(Json.text(result));
        } else {
            result.forEach((name, value) -> out.println(name + ": " + value));
        }
        out.flush();
    }
}
