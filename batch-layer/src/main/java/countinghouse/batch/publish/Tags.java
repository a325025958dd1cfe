package countinghouse.batch.publish;

import java.util.List;
import java.util.Set;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Table;

/** Tags that keep a generation's snapshots from expiry. */
public final class Tags {
    private static final String PREFIX = "gen-";

    private Tags() {}

    /** Name of a generation's tag on every table. */
    static String of(long generation) {
        return PREFIX + generation;
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

    /**
     * Removes the tags of generations that were dropped: those up to the newest that are not there. A publish tags a higher number before its
     * generation is there.
     */
    public static void removeDropped(Table table, Set<Long> generations) {
        long newest = generations.stream().mapToLong(Long::longValue).max().orElse(0);
        List<String> dropped = table.refs().keySet().stream()
                .filter(tag -> tag.startsWith(PREFIX))
                .filter(tag -> {
                    long generation = Long.parseLong(tag.substring(PREFIX.length()));
                    return generation <= newest && !generations.contains(generation);
                })
                .toList();
        if (!dropped.isEmpty()) {
            ManageSnapshots manage = table.manageSnapshots();
            dropped.forEach(manage::removeTag);
            manage.commit();
            table.refresh();
        }
    }
}
