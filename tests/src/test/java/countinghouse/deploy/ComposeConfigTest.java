package countinghouse.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.testing.tool.OptionalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker-compose.yml}, read by Compose itself; no engine is asked. */
class ComposeConfigTest {
    @Test
    void shouldBeUnderstoodByCompose(@TempDir Path project) throws Exception {
        Path compose = OptionalTool.require(
                OptionalTool.onPath("docker-compose").filter(ComposeConfigTest::isSecondVersion),
                "docker-compose 2 is not on the path");
        for (ComposeService service : ComposeFile.read().services().values()) {
            for (String file : service.texts("env_file")) {
                Path secret = project.resolve(file).normalize();
                Files.createDirectories(secret.getParent());
                Files.writeString(secret, "");
            }
        }
        Process config = new ProcessBuilder(
                        compose.toString(),
                        "-f",
                        ComposeFile.FILE.toString(),
                        "--project-directory",
                        project.toString(),
                        "--profile",
                        "*",
                        "config",
                        "-q")
                .redirectErrorStream(true)
                .start();
        String output = new String(config.getInputStream().readAllBytes(), UTF_8);
        assertThat(config.waitFor()).as(output).isZero();
        assertThat(output).isEmpty();
    }

    /** The first version, in Python, knows another language. */
    private static boolean isSecondVersion(Path program) {
        try {
            Process version = new ProcessBuilder(program.toString(), "version", "--short").start();
            return new String(version.getInputStream().readAllBytes(), UTF_8).startsWith("2.");
        } catch (IOException e) {
            return false;
        }
    }
}
