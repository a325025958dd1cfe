package countinghouse.batch.backup;

import countinghouse.batch.backup.BackupManifest.StoredFile;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The place of backups, on anything that Hadoop can write to: {@code files} has the warehouse's files, each once however many backups
 * need it; {@code backups/ID} has what is a backup's own.
 */
final class BackupStore {
    private static final String MANIFEST = "manifest.json";
    private static final String UNFINISHED = ".part";

    private final FileSystem system;
    private final Path files;
    private final Path backups;

    private BackupStore(FileSystem system, Path root) {
        this.system = system;
        this.files = new Path(root, "files");
        this.backups = new Path(root, "backups");
    }

    /** @param place a folder of this machine, or a URI that names its file system */
    static BackupStore at(String place) {
        try {
            Path root = place.contains(":")
                    ? new Path(place)
                    : new Path(java.nio.file.Path.of(place).toAbsolutePath().toUri());
            FileSystem system = root.getFileSystem(IcebergCatalog.hadoop());
            // The manifest has stronger sums than Hadoop would write beside each file.
            system.setWriteChecksum(false);
            return new BackupStore(system, system.makeQualified(root));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot use '%s' for backups (%s)".formatted(place, e.getMessage()), e);
        }
    }

    /**
     * Sees that backups can be written here, before anything is read for one.
     *
     * @throws CommandFailure if they cannot
     */
    BackupStore requireWritable() {
        try {
            if (system.mkdirs(backups)) {
                return this;
            }
            throw new IOException("the folder could not be made");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot write backups to %s (%s); give a folder or URI that this user may write to"
                            .formatted(backups.getParent(), e.getMessage()),
                    e);
        }
    }

    /** Every complete backup, the oldest first. */
    List<BackupManifest> complete() {
        try {
            List<BackupManifest> found = new ArrayList<>();
            if (system.exists(backups)) {
                FileStatus[] folders = system.listStatus(backups);
                Arrays.sort(folders);
                for (FileStatus folder : folders) {
                    Path manifest = new Path(folder.getPath(), MANIFEST);
                    if (system.exists(manifest)) {
                        found.add(read(manifest));
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw failure("list the backups", e);
        }
    }

    private BackupManifest read(Path manifest) throws IOException {
        try (InputStream input = system.open(manifest)) {
            return Json.mapper().readValue(input, BackupManifest.class);
        }
    }

    /** Sums of the warehouse's files that complete backups hold, by path. */
    Map<String, StoredFile> known() {
        Map<String, StoredFile> known = new HashMap<>();
        complete().forEach(backup -> backup.files().forEach(file -> known.put(file.path(), file)));
        return known;
    }

    /** Whether a file of the warehouse is there in full. A file of a table never changes under its name. */
    boolean holds(StoredFile file) {
        try {
            return system.getFileStatus(new Path(files, file.path())).getLen() == file.bytes();
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw failure("look for " + file.path(), e);
        }
    }

    interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    StoredFile writeFile(String path, Content content) {
        return write(files, path, content);
    }

    StoredFile writePart(String id, String path, Content content) {
        return write(new Path(backups, id), path, content);
    }

    void writeManifest(BackupManifest manifest) {
        write(
                new Path(backups, manifest.id()),
                MANIFEST,
                output -> output.write(
                        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest)));
    }

    private StoredFile write(Path folder, String path, Content content) {
        Path target = new Path(folder, path);
        Path unfinished = target.suffix(UNFINISHED);
        try {
            DigestingOutput digesting = new DigestingOutput(system.create(unfinished, true));
            try (digesting) {
                content.writeTo(digesting);
            }
            system.delete(target, false);
            if (!system.rename(unfinished, target)) {
                throw new IOException("cannot rename " + unfinished);
            }
            return new StoredFile(path, digesting.bytes(), digesting.sha256());
        } catch (IOException e) {
            throw failure("write " + target, e);
        }
    }

    InputStream openFile(StoredFile file) {
        return open(new Path(files, file.path()));
    }

    InputStream openPart(String id, StoredFile file) {
        return open(new Path(new Path(backups, id), file.path()));
    }

    private InputStream open(Path path) {
        try {
            return system.open(path);
        } catch (IOException e) {
            throw failure("read " + path, e);
        }
    }

    /** Removes backups, then the files that no other one needs; how many files. */
    int remove(Collection<String> ids) {
        try {
            for (String id : ids) {
                // Without its manifest it is no backup any more, so that one half removed is not taken for one.
                system.delete(new Path(new Path(backups, id), MANIFEST), false);
                system.delete(new Path(backups, id), true);
            }
            Set<String> needed = new HashSet<>(known().keySet());
            int removed = 0;
            if (system.exists(files)) {
                RemoteIterator<LocatedFileStatus> every = system.listFiles(files, true);
                List<Path> unneeded = new ArrayList<>();
                while (every.hasNext()) {
                    Path path = every.next().getPath();
                    if (!needed.contains(files.toUri().relativize(path.toUri()).getPath())) {
                        unneeded.add(path);
                    }
                }
                for (Path path : unneeded) {
                    system.delete(path, false);
                    removed++;
                }
            }
            return removed;
        } catch (IOException e) {
            throw failure("remove old backups", e);
        }
    }

    private static UncheckedIOException failure(String what, IOException cause) {
        return new UncheckedIOException(
                "The store of backups did not %s: %s".formatted(what, cause.getMessage()), cause);
    }
}
