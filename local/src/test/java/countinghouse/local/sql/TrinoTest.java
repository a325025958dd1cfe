package countinghouse.local.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Without a Trino; with one it is asked by the end-to-end tests. */
class TrinoTest {
    @Test
    void shouldSayHowToGetATrinoWhereNoneIsConfigured() {
        assertThatThrownBy(() -> Trino.from(Settings.of(Map.of())))
                .hasMessageContaining("up --with trino")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                .extracting(CommandFailure::exitCode)
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void shouldSayWhereItLookedWhenNoTrinoAnswers() throws IOException {
        String url = "jdbc:trino://127.0.0.1:%d/countinghouse".formatted(unusedPort());
        Trino trino = Trino.from(Settings.of(Map.of("trino.url", url)));
        assertThatThrownBy(() -> trino.ask("SELECT 1", columns -> null))
                .hasMessageContaining(url)
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                .extracting(CommandFailure::exitCode)
                .isEqualTo(ExitCode.TEMPORARY);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
