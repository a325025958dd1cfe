package countinghouse.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/null/inside"})
    void shouldRefuseAPlaceThatCannotBeAFolder(String place) {
        assertThatThrownBy(() -> StateDirectory.at(Path.of(place)).prepare())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--state")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void shouldMakeTheSameSecretsOnlyOnceAndForTheUserAlone() throws IOException {
        StateDirectory state = StateDirectory.at(folder.resolve("new")).prepare();
        String secret = new Secrets(state).secret("auth.jwt-secret");

        assertThat(new Secrets(state).secret("auth.jwt-secret"))
                .isEqualTo(secret)
                .hasSize(48);
        assertThat(new Secrets(state).secret("other")).isNotEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.secrets())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLetOnlyOneOwnerIn() {
        StateDirectory state = StateDirectory.at(folder).prepare();
        try (StateLock lock = StateLock.take(state)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> StateLock.take(state)).hasMessageContaining("already runs");
        }
        StateLock.take(state).close();
    }
}
