package countinghouse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Events stay readable for ever: this build must read what every released version of a schema wrote. The released versions are kept
 * under {@code src/test/resources/released}; a release adds a folder and never changes one.
 */
class CompatibilityTest {
    private static final int RELEASES = 1;

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldReadEveryReleasedVersion(EventType type) throws IOException {
        for (int release = 1; release <= RELEASES; release++) {
            Schema written = released(release, type);
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(type.schema(), written)
                            .getType())
                    .as("%s of release %d", type, release)
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    private static Schema released(int release, EventType type) throws IOException {
        String path = "/released/%d/%s.avsc".formatted(release, type.schema().getName());
        try (InputStream schema = CompatibilityTest.class.getResourceAsStream(path)) {
            return new Schema.Parser().parse(schema);
        }
    }
}
