package countinghouse.kit.command;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class CommandRunnerTest {
    @ParameterizedTest
    @CsvSource({"done, 0", "gate, 3", "configuration, 2", "surprise, 75"})
    void shouldEndWithTheExitCodeOfWhatHappened(String outcome, int status) {
        assertThat(new CommandRunner(new Root(), List.of(new Act())).run("act", outcome))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"'act', 2", "'no-such-command', 2", "'act done --what', 2"})
    void shouldCallWrongArgumentsBadInput(String line, int status) {
        assertThat(new CommandRunner(new Root(), List.of(new Act())).run(line.split(" ")))
                .isEqualTo(status);
    }

    @Test
    void shouldKeepTheExitCodesThatSchedulersKnow() {
        assertThat(ExitCode.values()).extracting(ExitCode::status).containsExactly(0, 1, 2, 3, 4, 5, 75);
    }

    @Command(name = "root")
    static final class Root {}

    @Command(name = "act")
    static final class Act implements Subcommand {
        @Parameters
        private String outcome;

        @Override
        public void run() {
            switch (outcome) {
                case "gate" -> throw new CommandFailure(ExitCode.GATE_FAILED, "the gate 'raw' failed");
                case "configuration" -> throw new ConfigurationException("the setting 'x' is missing");
                case "surprise" -> throw new IllegalStateException("surprise");
                default -> {}
            }
        }
    }
}
