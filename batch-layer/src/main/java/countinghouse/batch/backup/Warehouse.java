package countinghouse.batch.backup;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/** The Iceberg tables as they were when this was made, and every file that a snapshot of them needs. */
final class Warehouse {
    private final String location;
    private final Map<String, Table> tables;

    Warehouse(String location, IcebergCatalog catalog) {
        this.location = location.endsWith("/") ? location : location + "/";
        this.tables = catalog.existing();
    }

    String location() {
        return location;
    }

    /** Where the metadata of each table is, relative to the warehouse. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        tables.forEach((name, table) -> metadata.put(name, relative(metadataOf(table))));
        return metadata;
    }

    interface FileConsumer {
        void accept(FileIO io, String location, String relative);
    }

    /** Each file once, of all snapshots. */
    void forEachFile(FileConsumer consumer) {
        tables.values()
                .forEach(table -> filesOf(table).forEach(file -> consumer.accept(table.io(), file, relative(file))));
    }

    private static String metadataOf(Table table) {
        return ((HasTableOperations) table).operations().current().metadataFileLocation();
    }

    private static Set<String> filesOf(Table table) {
        Set<String> files = new TreeSet<>();
        files.add(metadataOf(table));
        files.addAll(ReachableFileUtil.statisticsFilesLocations(table));
        Set<String> read = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            files.add(snapshot.manifestListLocation());
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (read.add(manifest.path())) {
                    files.add(manifest.path());
                    addContent(table, manifest, files);
                }
            }
        }
        return files;
    }

    private static void addContent(Table table, ManifestFile manifest, Set<String> files) {
        try {
            if (manifest.content() == ManifestContent.DATA) {
                try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
                    paths.forEach(files::add);
                }
            } else {
                try (CloseableIterable<DeleteFile> deletes =
                        ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                    deletes.forEach(delete -> files.add(delete.location()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the manifest %s".formatted(manifest.path()), e);
        }
    }

    private String relative(String file) {
        // Hadoop writes local folders as file:/, URIs of the JDK as file:///.
        String plain = file.replaceFirst("^file:/+", "file:///");
        String root = location.replaceFirst("^file:/+", "file:///");
        if (!plain.startsWith(root)) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "The file %s is not in the warehouse %s, so a backup of the warehouse would lack it"
                            .formatted(file, location));
        }
        return plain.substring(root.length());
    }
}
