package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCompileWellWhatServesAndStartACommandFast() {
        assertThat(flags("serve", "--help"))
                .contains("-XX:+UseParallelGC", "-XX:MaxRAMPercentage=50")
                .doesNotContain("TieredStopAtLevel");
        assertThat(flags("--version")).contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void shouldLetTheOperatorsOptionsWin() {
        assertThat(new Countinghouse(
                                folder, Map.of("COUNTINGHOUSE_JAVA_OPTIONS", "-Xmx300m -XX:+PrintCommandLineFlags"))
                        .run("serve", "--help")
                        .output())
                .contains("-XX:MaxHeapSize=314572800");
    }

    private String flags(String... arguments) {
        Countinghouse.Ended ended = new Countinghouse(
                        folder, Map.of("COUNTINGHOUSE_JAVA_OPTIONS", "-XX:+PrintCommandLineFlags"))
                .run(arguments);
        assertThat(ended.status()).as(ended.toString()).isZero();
        return ended.output();
    }
}
