package countinghouse.speed.projector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The scripts that Redis runs, each of some files that lie beside this class. */
enum LuaScript {
    MERGE_FIELDS("merge-fields.lua"),
    MERGE_ROWS("aggregation.lua", "decimals.lua", "totals.lua", "merge-rows.lua"),
    RECOUNT_TOTALS("aggregation.lua", "decimals.lua", "totals.lua", "recount-totals.lua"),
    REPLACE_FIELD("replace-field.lua"),
    RAISE_NUMBER("raise-number.lua"),
    REPLACE_TEXT("replace-text.lua");

    private final List<String> files;

    LuaScript(String... files) {
        this.files = Arrays.asList(files);
    }

    String text() {
        return files.stream().map(LuaScript::read).collect(Collectors.joining("\n"));
    }

    private static String read(String file) {
        try (InputStream text = LuaScript.class.getResourceAsStream(file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
