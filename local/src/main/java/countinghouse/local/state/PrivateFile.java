package countinghouse.local.state;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Files and folders that only the user may read, put in place as a whole so that no reader sees half of one. */
public final class PrivateFile {
    private PrivateFile() {}

    public static void write(Path file, String content) {
        try {
            Path unfinished = Files.createTempFile(
                    file.getParent(),
                    "." + file.getFileName(),
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot write %s (%s); free some space or make the folder writable".formatted(file, e),
                    e);
        }
    }

    /** Makes an empty folder whose name starts like {@code prefix}. */
    public static Path newFolder(Path prefix) {
        try {
            return Files.createTempDirectory(
                    prefix.getParent(), prefix.getFileName().toString());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot make a folder in %s (%s); make it writable".formatted(prefix.getParent(), e),
                    e);
        }
    }

    /** Renames a folder within its parent. */
    public static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot rename %s to %s (%s); make it writable".formatted(from, to, e), e);
        }
    }

    /** Deletes a file if it exists. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot delete %s (%s); delete it".formatted(file, e), e);
        }
    }

    public static void writeProperties(Path file, Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a StringWriter does not fail", e);
        }
        write(file, text.toString());
    }

    /** The properties in a file, sorted; none if the file does not exist. */
    public static Map<String, String> readProperties(Path file) {
        Map<String, String> values = new TreeMap<>();
        if (!Files.exists(file)) {
            return values;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "Cannot read %s (%s); make it readable".formatted(file, e), e);
        }
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}
