package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

class PersonOptionTest {
    @TempDir
    private Path directory;

    @Command
    private static final class Asking {
        @ArgGroup(multiplicity = "1")
        private PersonOption given;
    }

    @ParameterizedTest
    @ValueSource(strings = {"user 1", "user 1\n", "user 1\r\n"})
    void shouldReadThePersonFromAFileWithOrWithoutTheEndOfTheLine(String text) throws IOException {
        assertThat(person("--person-file", file(text))).isEqualTo("user 1");
    }

    @Test
    void shouldTakeThePersonFromTheCommandLine() {
        assertThat(person("--person", "user 1")).isEqualTo("user 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "one\ntwo\n", "one\n\n"})
    void shouldRefuseAFileThatDoesNotNameOnePersonAndSayWhichFile(String text) throws IOException {
        String file = file(text);
        assertThatThrownBy(() -> person("--person-file", file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file);
    }

    @Test
    void shouldRefuseAFileThatCannotBeRead() throws IOException {
        String absent = directory.resolve("absent").toString();
        Path noText = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> person("--person-file", absent)).hasMessageContaining(absent);
        assertThatThrownBy(() -> person("--person-file", noText.toString())).hasMessageContaining("UTF-8");
    }

    @Test
    void shouldDemandExactlyOneWayToNameThePerson() {
        assertThatThrownBy(() -> person()).isInstanceOf(CommandLine.ParameterException.class);
        assertThatThrownBy(() -> person("--person", "one", "--person-file", "two"))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    private static String person(String... arguments) {
        Asking asking = new Asking();
        new CommandLine(asking).parseArgs(arguments);
        return asking.given.value();
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("person.txt"), text).toString();
    }
}
