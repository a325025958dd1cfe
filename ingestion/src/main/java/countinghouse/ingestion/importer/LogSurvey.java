package countinghouse.ingestion.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A first reading of an access log.
 *
 * @param fileHash SHA-256 of the content, in hex
 * @param newest time of the newest line; null if no line is of the format
 * @param lines lines of the file
 * @param unreadable lines that are not of the format
 * @param notViews lines that are no GET answered 200 or 304
 */
record LogSurvey(String fileHash, Instant newest, long lines, long unreadable, long notViews) {
    static LogSurvey of(Path file) throws IOException {
        MessageDigest digest = sha256();
        Instant newest = null;
        long lines = 0;
        long unreadable = 0;
        long notViews = 0;
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest);
                BufferedReader reader = new BufferedReader(new InputStreamReader(content, UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                lines++;
                Optional<CombinedLogLine> line = CombinedLogLine.parse(text);
                if (line.isEmpty()) {
                    unreadable++;
                } else {
                    notViews += line.get().isView() ? 0 : 1;
                    Instant time = line.get().time();
                    newest = newest == null || time.isAfter(newest) ? time : newest;
                }
            }
        }
        return new LogSurvey(HexFormat.of().formatHex(digest.digest()), newest, lines, unreadable, notViews);
    }

    /** The CloudEvents of a file's views; to be closed. */
    static Stream<String> events(Path file, LogViews views) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8));
            return reader.lines()
                    .onClose(() -> close(reader))
                    .flatMap(text ->
                            CombinedLogLine.parse(text)
                                    .filter(CombinedLogLine::isView)
                                    .map(line -> views.event(text, line))
                                    .stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
