package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The drill of the guide to backups: PostgreSQL and HDFS are lost with all that they hold; Kafka and Redis are not. */
final class RestoreDrill {
    private final Countinghouse countinghouse;
    private final Path folder;

    RestoreDrill(Countinghouse countinghouse, Path folder) {
        this.countinghouse = countinghouse;
        this.folder = folder;
    }

    /**
     * Backs up, loses both, starts with empty ones, and restores: every document is exported to the same bytes.
     *
     * @param up the command that starts the platform again
     */
    void run(String... up) throws IOException {
        Path backups = folder.resolve("backups");
        String exported = export("before.json");
        succeed("maintenance", "backup", "--to", backups.toString());
        succeed("down");
        for (String component : List.of("postgres", "hdfs")) {
            delete(countinghouse.state().resolve(component));
        }
        succeed(up);
        assertThat(countinghouse.run("invoices", "--json").json().get("data")).isEmpty();

        succeed("maintenance", "restore", "--from", backups.toString());

        assertThat(export("after.json")).isEqualTo(exported);
        succeed("audit", "verify", "--published");
    }

    private String export(String file) throws IOException {
        Path path = folder.resolve(file);
        succeed("invoices", "export", "--format", "json", "--out", path.toString());
        return Files.readString(path);
    }

    private void succeed(String... arguments) {
        Countinghouse.Ended ended = countinghouse.run(arguments);
        assertThat(ended.status()).as(ended.toString()).isZero();
    }

    /** What was on a disk that is lost. */
    static void delete(Path root) throws IOException {
        assertThat(root).isDirectory();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
