package countinghouse.batch.erasure;

import countinghouse.batch.erasure.ErasureTask.Rewritten;
import countinghouse.batch.maintenance.FileReplacement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * Gives what the table has now, and each generation that a tag holds, a successor with rewritten files. A successor has the records of the
 * snapshot that it follows, one by one; the tag moves to it.
 */
final class Successors {
    private static final String BRANCH = "erase-";

    private final Table table;
    private final Person person;
    private final Map<String, Rewritten> rewritten;
    private final Map<Long, Long> successors = new HashMap<>();

    Successors(Table table, Person person, List<Rewritten> rewritten) {
        this.table = table;
        this.person = person;
        this.rewritten =
                rewritten.stream().collect(Collectors.toMap(one -> one.file().location(), Function.identity()));
    }

    /** Tags first: were this interrupted, the next attempt finds in the table what is left. */
    void commit() {
        Map.copyOf(table.refs()).forEach((name, ref) -> {
            if (ref.isTag()) {
                succeed(name, ref.snapshotId());
            }
        });
        FileReplacement current = replacement(table.currentSnapshot().snapshotId());
        if (!current.replaced().isEmpty()) {
            current.commitTo(table);
        }
    }

    /** Removes the branches of attempts that died. */
    static void removeUnfinished(Table table) {
        table.refs().keySet().stream()
                .filter(name -> name.startsWith(BRANCH))
                .toList()
                .forEach(name -> table.manageSnapshots().removeBranch(name).commit());
        table.refresh();
    }

    private void succeed(String tag, long snapshotId) {
        FileReplacement replacement = replacement(snapshotId);
        if (replacement.replaced().isEmpty()) {
            return;
        }
        Long successor = successors.get(snapshotId);
        if (successor != null) {
            table.manageSnapshots().replaceTag(tag, successor).commit();
            return;
        }
        String branch = BRANCH + UUID.randomUUID();
        table.manageSnapshots().createBranch(branch, snapshotId).commit();
        replacement.rewriteOf(table, snapshotId).toBranch(branch).commit();
        table.refresh();
        SnapshotRef written = table.refs().get(branch);
        table.manageSnapshots()
                .replaceTag(tag, written.snapshotId())
                .removeBranch(branch)
                .commit();
        successors.put(snapshotId, written.snapshotId());
    }

    private FileReplacement replacement(long snapshotId) {
        List<Rewritten> there = HeldFiles.in(table, snapshotId, person).stream()
                .map(file -> rewritten.get(file.location()))
                .filter(one -> one != null)
                .toList();
        List<DataFile> replaced = there.stream().map(Rewritten::file).toList();
        return new FileReplacement(
                replaced, there.stream().flatMap(one -> one.by().stream()).toList());
    }
}
