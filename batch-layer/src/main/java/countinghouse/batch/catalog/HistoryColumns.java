package countinghouse.batch.catalog;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/** The columns of the archive of views that tell whether a rule needs the view, and what of it. */
public final class HistoryColumns {
    private static final List<String> COLUMNS = List.of(
            RawSchema.KIND,
            RawSchema.KAFKA_OFFSET,
            RawSchema.APPEND_TIME,
            RawSchema.INGEST_BUCKET,
            RawSchema.IDENTITY,
            RawSchema.ACCOUNT,
            RawSchema.OCCURRED_AT,
            "video_id",
            "user_id",
            "view_duration",
            "video_length",
            "user_agent",
            "prefetch",
            "client_network");

    private HistoryColumns() {}

    /** The columns. */
    public static Schema of(Table views) {
        return views.schema().select(COLUMNS);
    }

    /** The columns, and those that the identity is computed from. */
    public static Schema withIdentity(Table views) {
        List<String> columns = new ArrayList<>(COLUMNS);
        columns.add(RawSchema.EVENT_ID);
        columns.add(RawSchema.SOURCE);
        return views.schema().select(columns);
    }
}
