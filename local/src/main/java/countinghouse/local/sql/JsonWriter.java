package countinghouse.local.sql;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An array of objects, each on a line of its own. */
final class JsonWriter implements ResultWriter {
    private final List<String> columns;
    private final PrintWriter out;
    private String before = "[\n";

    /** @throws CommandFailure if two columns have the same name, which would be one field */
    JsonWriter(List<String> columns, PrintWriter out) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Two columns are named %s, which JSON cannot tell apart; name one with AS".formatted(column));
            }
        }
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void row(List<Object> values) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), values.get(i));
        }
        out.print(before);
        out.print(Json.text(object));
        before = ",\n";
    }

    @Override
    public void end() {
        out.println(before.startsWith("[") ? "[]" : "\n]");
    }
}
