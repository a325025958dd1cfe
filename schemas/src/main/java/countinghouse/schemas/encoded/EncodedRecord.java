package countinghouse.schemas.encoded;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.schemas.encoded.FieldLayout.Kind;
import countinghouse.schemas.registry.UndecodableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A record in its Avro bytes, with where each field lies; fields are named by their position in the schema that this build reads. Immutable. */
public final class EncodedRecord {
    private static final int NULL = -1;

    private final List<FieldLayout> fields;
    private final byte[] bytes;
    /** Start and end of field 0, of field 1...; without the length in front of a text or decimal. */
    private final int[] bounds;

    private EncodedRecord(List<FieldLayout> fields, byte[] bytes) {
        this.fields = fields;
        this.bytes = bytes;
        this.bounds = new int[2 * fields.size()];
    }

    /**
     * Finds the fields of a record that takes all bytes from a start.
     *
     * @throws UndecodableException if it is none
     */
    static EncodedRecord find(RecordLayout layout, byte[] bytes, int start) {
        EncodedRecord record = new EncodedRecord(layout.fields(), bytes);
        AvroCursor cursor = new AvroCursor(bytes, start);
        for (int field = 0; field < record.fields.size(); field++) {
            record.find(field, cursor);
        }
        if (!cursor.isAtEnd()) {
            throw new UndecodableException("value has bytes after its end");
        }
        return record;
    }

    private void find(int field, AvroCursor cursor) {
        FieldLayout layout = fields.get(field);
        if (layout.nullBranch() != FieldLayout.NEVER_NULL) {
            int branch = cursor.readInt();
            if (branch == layout.nullBranch()) {
                bounds[2 * field] = NULL;
                return;
            }
            if (branch != 1 - layout.nullBranch()) {
                throw new UndecodableException("a field has the branch %d of two".formatted(branch));
            }
        }
        int start = cursor.position();
        switch (layout.kind()) {
            case TEXT -> start = cursor.skipSized();
            case DECIMAL -> {
                start = cursor.skipSized();
                if (start == cursor.position()) {
                    throw new UndecodableException("a decimal has no digits");
                }
            }
            case INT -> cursor.readInt();
            case LONG -> cursor.readLong();
            case BOOLEAN -> cursor.readBoolean();
            case TEXT_MAP -> {
                for (long left = cursor.readBlock(); left > 0; left = left == 1 ? cursor.readBlock() : left - 1) {
                    cursor.skipSized();
                    cursor.skipSized();
                }
            }
        }
        bounds[2 * field] = start;
        bounds[2 * field + 1] = cursor.position();
    }

    public boolean isNull(int field) {
        return bounds[2 * field] == NULL;
    }

    public boolean isText(int field) {
        return fields.get(field).kind() == Kind.TEXT;
    }

    public boolean isDecimal(int field) {
        return fields.get(field).kind() == Kind.DECIMAL;
    }

    /** Whether the field is an integer or a boolean. */
    public boolean isNumber(int field) {
        Kind kind = fields.get(field).kind();
        return kind == Kind.INT || kind == Kind.LONG || kind == Kind.BOOLEAN;
    }

    /** The bytes that {@link #start} and {@link #end} point into; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where a value that is not null begins: a text or decimal behind its length. */
    public int start(int field) {
        return bounds[2 * field];
    }

    public int end(int field) {
        return bounds[2 * field + 1];
    }

    /** A field as the generated class would hold it: a {@code String}, {@code Integer}, {@code Long}, {@code Boolean}, {@code BigDecimal}, a map of texts, or null. */
    public Object value(int field) {
        if (isNull(field)) {
            return null;
        }
        return switch (fields.get(field).kind()) {
            case TEXT -> new String(bytes, start(field), end(field) - start(field), UTF_8);
            case INT -> (int) number(field);
            case LONG -> number(field);
            case BOOLEAN -> number(field) == 1;
            case DECIMAL ->
                new BigDecimal(
                        new BigInteger(bytes, start(field), end(field) - start(field)),
                        fields.get(field).scale());
            case TEXT_MAP -> map(field);
        };
    }

    /** A number that is not null; of a boolean 1 or 0. */
    public long number(int field) {
        AvroCursor cursor = new AvroCursor(bytes, start(field));
        return switch (fields.get(field).kind()) {
            case INT -> cursor.readInt();
            case LONG -> cursor.readLong();
            case BOOLEAN -> cursor.readBoolean() ? 1 : 0;
            default ->
                throw new IllegalArgumentException("The field '%s' is no number"
                        .formatted(fields.get(field).name()));
        };
    }

    private Map<String, String> map(int field) {
        Map<String, String> map = new HashMap<>();
        AvroCursor cursor = new AvroCursor(bytes, start(field));
        for (long left = cursor.readBlock(); left > 0; left = left == 1 ? cursor.readBlock() : left - 1) {
            String key = text(cursor);
            map.put(key, text(cursor));
        }
        return map;
    }

    private String text(AvroCursor cursor) {
        int start = cursor.skipSized();
        return new String(bytes, start, cursor.position() - start, UTF_8);
    }
}
