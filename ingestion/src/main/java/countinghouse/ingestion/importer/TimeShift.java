package countinghouse.ingestion.importer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far a file's times are moved: its newest line to the start of the current UTC day. The first import of a file decides, and its
 * shift is kept by the file's hash: with another shift, the same lines would be other events.
 */
final class TimeShift {
    private static final String FOLDER = "imports";

    private final Path stateFolder;
    private final Clock clock;

    TimeShift(Path stateFolder, Clock clock) {
        this.stateFolder = stateFolder;
        this.clock = clock;
    }

    /**
     * The kept shift of a file, or a new one, which is then kept.
     *
     * @param fileHash names the file's content
     * @param newest time of its newest line
     * @throws IOException if the shift can be neither read nor kept
     */
    Duration of(String fileHash, Instant newest) throws IOException {
        Path kept = stateFolder.resolve(FOLDER).resolve(fileHash + ".shift");
        if (!Files.exists(kept)) {
            Duration shift = Duration.between(newest, clock.instant().truncatedTo(ChronoUnit.DAYS));
            Files.createDirectories(kept.getParent());
            Path written = Files.createTempFile(kept.getParent(), fileHash, ".new");
            Files.writeString(written, shift.toString(), StandardOpenOption.TRUNCATE_EXISTING);
            try {
                // A link appears whole or not at all, and of two first imports only one decides.
                Files.createLink(kept, written);
            } catch (FileAlreadyExistsException decidedMeanwhile) {
                return read(kept);
            } finally {
                Files.delete(written);
            }
        }
        return read(kept);
    }

    private static Duration read(Path kept) throws IOException {
        try {
            return Duration.parse(Files.readString(kept).trim());
        } catch (DateTimeException e) {
            throw new IOException(
                    "%s does not hold a duration; restore it, or remove it if nothing was imported".formatted(kept), e);
        }
    }
}
