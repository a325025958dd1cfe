package countinghouse.batch.reconcile;

import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * All accounts of one partition number.
 *
 * @param accounts that Redis knows
 * @param files of the run's rows
 * @param lateFiles of the run's late duplicates
 * @param removedFiles of what history rules removed in the run
 * @param addedFiles of what history rules added in the run
 */
record AccountGroup(
        List<String> accounts,
        List<DataFile> files,
        List<DataFile> lateFiles,
        List<DataFile> removedFiles,
        List<DataFile> addedFiles)
        implements Serializable {}
