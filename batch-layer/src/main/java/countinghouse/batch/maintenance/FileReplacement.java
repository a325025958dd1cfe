package countinghouse.batch.maintenance;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Files of an archive table that take the place of others. An archiver may run meanwhile: the commit carries the archive's progress on, and is
 * made anew if that has moved.
 *
 * @param replaced files that the table has now
 * @param by files with as many records in the same order
 */
public record FileReplacement(List<DataFile> replaced, List<DataFile> by) {
    private static final int COMMIT_ATTEMPTS = 5;

    /** Commits it to the table as it is now. */
    public void commitTo(Table table) {
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            ArchiveProgress progress = ArchiveProgress.of(table);
            RewriteFiles rewrite = rewriteOf(table, table.currentSnapshot().snapshotId());
            progress.carryOn(rewrite);
            try {
                rewrite.commit();
                return;
            } catch (CommitStateUnknownException e) {
                throw new CommandFailure(
                        ExitCode.UNKNOWN_OUTCOME,
                        "Whether files of %s were replaced is not known; run the command again, it will look"
                                .formatted(table.name()),
                        e);
            } catch (ValidationException e) {
                table.refresh();
                if (attempt == COMMIT_ATTEMPTS || ArchiveProgress.of(table).equals(progress)) {
                    throw new CommandFailure(
                            ExitCode.TEMPORARY,
                            "%s changed while its files were rewritten (%s); nothing was changed, run the command again"
                                    .formatted(table.name(), e.getMessage()),
                            e);
                }
            }
        }
    }

    /**
     * The change, not committed yet.
     *
     * @param snapshotId that has the replaced files; what lies before it may have expired, and is not looked at
     */
    public RewriteFiles rewriteOf(Table table, long snapshotId) {
        RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(snapshotId);
        replaced.forEach(rewrite::deleteFile);
        by.forEach(rewrite::addFile);
        return rewrite;
    }
}
