package countinghouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import countinghouse.local.status.PlatformStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformFailureTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameTheComponentThatDiesAndStopTheOthers() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("kafka")).resolve("meta.properties"), "version=9\n");
        PlatformOptions options = PlatformOptions.at(folder).componentsOnly();

        assertThatThrownBy(() -> Platform.start(options))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("kafka ended while it started")
                .hasMessageContaining(folder.resolve("logs/kafka.log").toString())
                .message()
                .doesNotContain("\n");

        assertThat(ProcessHandle.current().descendants().filter(this::worksHere))
                .isEmpty();
        assertThat(PlatformStatus.of(options.state()).state()).isEqualTo(PlatformStatus.STOPPED);
    }

    @Test
    void shouldSayWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PlatformOptions options = PlatformOptions.at(folder).withApiPort(taken.getLocalPort());
            assertThatThrownBy(() -> Platform.start(options))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Port %d, which api needs, is taken".formatted(taken.getLocalPort()));
        }
    }

    private boolean worksHere(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(folder.toString());
    }
}
