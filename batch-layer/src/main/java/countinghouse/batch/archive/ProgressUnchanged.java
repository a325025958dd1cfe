package countinghouse.batch.archive;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/** Iceberg asks at every attempt to commit, so nobody can come between the question and the commit. */
record ProgressUnchanged(ArchiveProgress start) implements SnapshotAncestryValidator {
    @Override
    public boolean validate(Iterable<Snapshot> ancestors) {
        return ArchiveProgress.newest(ancestors).equals(start);
    }

    @Override
    public String errorMessage() {
        return "Another archiver has moved the table on from next offsets %s".formatted(start.nextOffsets());
    }
}
