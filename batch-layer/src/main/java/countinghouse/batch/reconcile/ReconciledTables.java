package countinghouse.batch.reconcile;

import java.io.Serializable;
import org.apache.iceberg.Table;

/** The tables of a run that are compared with the speed layer. */
record ReconciledTables(Table rows, Table lateDuplicates, Table removedByHistory, Table addedByHistory)
        implements Serializable {}
