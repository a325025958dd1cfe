package countinghouse.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    private Path folder;

    private StateDirectory state;

    @BeforeEach
    void prepare() {
        state = StateDirectory.at(folder).prepare();
    }

    @Test
    void shouldGiveTwoComponentsDifferentPorts() {
        Ports ports = new Ports(state);
        assertThat(ports.flexible("kafka")).isNotEqualTo(ports.flexible("redis"));
    }

    @Test
    void shouldKeepAComponentsPortForTheNextStart() {
        assertThat(new Ports(state).flexible("kafka")).isEqualTo(new Ports(state).flexible("kafka"));
        assertThat(new Ports(state).fixed("hdfs")).isEqualTo(new Ports(state).fixed("hdfs"));
    }

    @Test
    void shouldTakeAnotherPortWhenTheOldOneIsTaken() throws IOException {
        int old = new Ports(state).flexible("kafka");
        try (ServerSocket other = occupy(old)) {
            assertThat(new Ports(state).flexible("kafka")).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void shouldRefuseWhenAPortThatIsPartOfTheDataIsTaken() throws IOException {
        int port = new Ports(state).fixed("hdfs");
        try (ServerSocket other = occupy(port)) {
            assertThatThrownBy(() -> new Ports(state).fixed("hdfs"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Port %d, which hdfs needs, is taken".formatted(other.getLocalPort()));
        }
    }

    @Test
    void shouldHonourTheUsersPort() throws IOException {
        int port;
        try (ServerSocket free = occupy(0)) {
            port = free.getLocalPort();
        }
        assertThat(new Ports(state).requested("api", port)).isEqualTo(port);
    }

    private static ServerSocket occupy(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(Ports.HOST));
    }
}
