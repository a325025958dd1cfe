package countinghouse.batch.recompute;

import countinghouse.batch.catalog.IcebergCatalog;
import org.apache.iceberg.Table;

/** The tables that a recomputation writes; their rows have one form. */
enum CountsTable {
    ROWS,
    LATE_DUPLICATES,
    REMOVED_BY_HISTORY,
    ADDED_BY_HISTORY;

    Table in(IcebergCatalog catalog) {
        return switch (this) {
            case ROWS -> catalog.prepareCounts();
            case LATE_DUPLICATES -> catalog.prepareLateDuplicates();
            case REMOVED_BY_HISTORY -> catalog.prepareRemovedByHistory();
            case ADDED_BY_HISTORY -> catalog.prepareAddedByHistory();
        };
    }
}
