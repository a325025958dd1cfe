package countinghouse.speed.projector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scripts that Redis runs; they lie beside this class. */
enum LuaScript {
    MERGE_ROWS("merge-rows.lua"),
    REPLACE_FIELD("replace-field.lua"),
    RAISE_NUMBER("raise-number.lua"),
    REPLACE_TEXT("replace-text.lua");

    private final String file;

    LuaScript(String file) {
        this.file = file;
    }

    String text() {
        try (InputStream text = LuaScript.class.getResourceAsStream(file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
