package countinghouse.kit.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @ParameterizedTest
    @CsvSource({
        "--day, 2026-13-01, is not a day; write it as 2026-10-31",
        "--at, 2026-10-01, is not a time; write it as 2026-10-31T00:00:00Z"
    })
    void shouldSayHowDaysAndTimesAreWritten(String option, String text, String hint) {
        PrintStream error = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, UTF_8));
        try {
            CommandRunner runner = new CommandRunner(new Root(), List.of(new Act()));
            assertThat(runner.run("act", "done", option, text)).isEqualTo(2);
        } finally {
            System.setErr(error);
        }
        assertThat(written.toString(UTF_8)).contains(option, "'" + text + "' " + hint);
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

        @Option(names = "--day")
        private LocalDate day;

        @Option(names = "--at")
        private Instant at;

        @Override
        public void run() {
            switch (outcome) {
                case "gate" -> throw new CommandFailure(ExitCode.GATE_FAILED, "the gate 'raw' failed");
                case "configuration" -> throw new ConfigurationException("the setting 'x' is missing");
                case "surprise" -> throw new IllegalStateException("surprise");
                default -> assertThat(Stream.of(day, at)).containsOnlyNulls();
            }
        }
    }
}
