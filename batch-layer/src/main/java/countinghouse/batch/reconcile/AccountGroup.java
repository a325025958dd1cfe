package countinghouse.batch.reconcile;

import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;

/** All accounts of one partition number: those that Redis knows, the files of the run's rows and of its late duplicates. */
record AccountGroup(List<String> accounts, List<DataFile> files, List<DataFile> lateFiles) implements Serializable {}
