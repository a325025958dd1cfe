package countinghouse.metering.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The texts that a schedule is read from. A deployment's own come first; what it does not have is taken from those that ship with this
 * build, so that a new version names only what is new.
 *
 * @param own a deployment's documents by name; empty for the standard configuration
 */
public record CountingDocuments(Map<String, String> own) implements Serializable {
    /** The name of the document that lists the versions. */
    public static final String SCHEDULE = "counting.yaml";

    /** What ships with this build. */
    public static final CountingDocuments STANDARD = new CountingDocuments(Map.of());

    public CountingDocuments {
        own = new TreeMap<>(own);
    }

    /** A document by name. */
    Optional<String> find(String name) {
        String text = own.get(name);
        return text == null ? shipped(name) : Optional.of(text);
    }

    private static Optional<String> shipped(String name) {
        try (InputStream resource = CountingDocuments.class.getResourceAsStream("/" + name)) {
            return resource == null ? Optional.empty() : Optional.of(new String(resource.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
