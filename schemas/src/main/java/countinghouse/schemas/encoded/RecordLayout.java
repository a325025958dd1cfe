package countinghouse.schemas.encoded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** How the fields of a record lie in its bytes. Two schemas of one layout write the same bytes for the same values. */
record RecordLayout(List<FieldLayout> fields) {
    /** The layout of a schema; empty if it has types that event schemas do not use. */
    static Optional<RecordLayout> of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        List<FieldLayout> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            FieldLayout layout = FieldLayout.of(field);
            if (layout == null) {
                return Optional.empty();
            }
            fields.add(layout);
        }
        return Optional.of(new RecordLayout(List.copyOf(fields)));
    }
}
