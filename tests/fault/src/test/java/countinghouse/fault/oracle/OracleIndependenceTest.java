package countinghouse.fault.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An oracle that shared code with what it judges would share its mistakes. */
class OracleIndependenceTest {
    @Test
    void shouldShareNoCountingCodeWithTheLayers() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/countinghouse/fault/oracle"))) {
            List<Path> sources = files.filter(Files::isRegularFile).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                assertThat(Files.readString(source))
                        .as(source.toString())
                        .doesNotContain(
                                "countinghouse.metering",
                                "countinghouse.speed",
                                "countinghouse.batch",
                                "countinghouse.serving");
            }
        }
    }
}
