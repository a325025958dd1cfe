package countinghouse.batch.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup consists of. It is written last: a folder without one is no backup.
 *
 * @param id name of its folder, made from its time
 * @param generation the one that was served, 0 if none
 * @param ledgerNumber number of the audit ledger's last entry, 0 if none
 * @param ledgerRoot its hash in hex, to compare with a root published elsewhere
 * @param warehouse address of the Iceberg warehouse, which every metadata file holds
 * @param scripts the migrations of each schema, by which the build is told that can restore it
 * @param catalog where the metadata of each Iceberg table is
 * @param files of the warehouse, shared with other backups
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BackupManifest(
        String id,
        Instant madeAt,
        long generation,
        long ledgerNumber,
        String ledgerRoot,
        String warehouse,
        Map<String, List<String>> scripts,
        List<TableDump> tables,
        List<SequenceValue> sequences,
        Map<String, String> catalog,
        List<StoredFile> files) {

    /** A table of PostgreSQL, in the text form of COPY; tables that another one refers to come before it. */
    record TableDump(String name, List<String> columns, long rows, StoredFile file) {}

    /** Where a sequence stands. */
    record SequenceValue(String name, long value, boolean called) {}

    /**
     * A file and what must be in it.
     *
     * @param path relative to the warehouse, or to the backup's folder
     */
    record StoredFile(String path, long bytes, String sha256) {}
}
