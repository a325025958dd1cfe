package countinghouse.local.child;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the end of a log says about a failure. */
public final class LogTail {
    private static final int BYTES = 16 * 1024;
    private static final int MAX_LENGTH = 240;
    private static final Pattern CAUSE = Pattern.compile(
            "(?i)No space left on device|Permission denied|Address already in use|Failed to bind|OutOfMemory|Cannot allocate");
    private static final Pattern TROUBLE = Pattern.compile("(?i)fatal|error|exception|cannot|could not|failed");

    private LogTail() {}

    /** The last line that names a well-known cause, else the last that speaks of trouble, else the last one. */
    public static Optional<String> cause(Path log) {
        List<String> lines = read(log);
        return last(lines, CAUSE).or(() -> last(lines, TROUBLE)).or(() -> last(lines, Pattern.compile("\\S")));
    }

    private static Optional<String> last(List<String> lines, Pattern pattern) {
        return lines.stream()
                .filter(line ->
                        !line.startsWith("\tat ") && pattern.matcher(line).find())
                .reduce((first, second) -> second)
                .map(String::strip)
                .map(line -> line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line);
    }

    private static List<String> read(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES);
            byte[] tail = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
