package countinghouse.testing.tool;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Something a test needs besides a JDK 17. Where it is missing the test is skipped and says so; with {@code COUNTINGHOUSE_REQUIRE_ALL} it fails. */
public final class OptionalTool {
    private static final String REQUIRE_ALL = "COUNTINGHOUSE_REQUIRE_ALL";

    private OptionalTool() {}

    /** The first of these programs that is on the path. */
    public static Path program(String... names) {
        return require(
                Stream.of(names).flatMap(name -> onPath(name).stream()).findFirst(),
                String.join(" or ", names) + " is not on the path");
    }

    /**
     * What is there.
     *
     * @param missing names the tool and where it was looked for
     * @throws org.opentest4j.TestAbortedException if nothing is there, which skips the test
     */
    public static <T> T require(Optional<T> found, String missing) {
        if (found.isEmpty()) {
            System.out.println("SKIPPED: " + missing);
            assumeTrue(System.getenv(REQUIRE_ALL) != null, missing);
            fail("Nothing may be skipped, but " + missing);
        }
        return found.get();
    }

    /** The first program of this name on the path. */
    public static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
