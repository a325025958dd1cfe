package countinghouse.local.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPreferTheLineThatNamesAKnownCause() throws IOException {
        assertThat(causeIn("java.io.IOException: No space left on device\n\tat x.Y\nERROR shut down\nbye\n"))
                .isEqualTo("java.io.IOException: No space left on device");
    }

    @Test
    void shouldPreferTroubleToTheLastLine() throws IOException {
        assertThat(causeIn("ERROR the disk is gone\nshut down\n")).isEqualTo("ERROR the disk is gone");
    }

    @Test
    void shouldShortenLongLinesAndSkipStackFrames() throws IOException {
        assertThat(causeIn("x".repeat(1000) + "\n\tat a.b.C.error(C.java)\n"))
                .endsWith("...")
                .hasSize(243);
    }

    @Test
    void shouldSayNothingAboutALogThatIsNotThere() {
        assertThat(LogTail.cause(folder.resolve("none.log"))).isEmpty();
    }

    private String causeIn(String text) throws IOException {
        return LogTail.cause(Files.writeString(folder.resolve("some.log"), text))
                .orElseThrow();
    }
}
