package countinghouse.batch.publish;

import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Table;

/** Tags that keep a generation's snapshots from expiry. */
final class Tags {
    private Tags() {}

    /** Name of a generation's tag on every table. */
    static String of(long generation) {
        return "gen-" + generation;
    }

    /** Tags a snapshot; a tag left by a publish that failed before its generation existed is moved. */
    static void put(Table table, long generation, long snapshotId) {
        String tag = of(generation);
        ManageSnapshots manage = table.manageSnapshots();
        if (table.refs().containsKey(tag)) {
            manage.replaceTag(tag, snapshotId);
        } else {
            manage.createTag(tag, snapshotId);
        }
        manage.commit();
    }
}
