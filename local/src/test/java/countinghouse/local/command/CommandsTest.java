package countinghouse.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.command.ExitCode;
import countinghouse.local.testing.SharedPlatform;
import countinghouse.testing.command.CommandOutcome;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayThatNothingRuns() {
        assertThat(output(folder, "status", "--json")).contains("\"state\" : \"stopped\"");
        assertThat(output(folder, "status")).contains("Platform stopped in " + folder);
        assertThat(output(folder, "down")).contains("No platform runs in " + folder);
    }

    @Test
    void shouldShowWhatRuns() {
        Path state = SharedPlatform.components().state().root();
        assertThat(output(state, "status")).contains("kafka", "running", "redis");
        assertThat(output(state, "status", "--json")).contains("\"state\" : \"running\"");
    }

    @Test
    void shouldIssueATokenOfTheLocalPlatform() {
        Path state = SharedPlatform.components().state().root();
        assertThat(output(state, "token", "--role", "admin").strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    }

    @Test
    void shouldIssueNoTokenWithoutAPlatform() {
        CommandOutcome token = run(folder, "token", "--role", "ADMIN");

        assertThat(token.status()).isEqualTo(ExitCode.BAD_INPUT.status());
        assertThat(token.errors()).contains("There is no platform in " + folder);
    }

    private static String output(Path state, String... arguments) {
        CommandOutcome outcome = run(state, arguments);
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return outcome.output();
    }

    private static CommandOutcome run(Path state, String... arguments) {
        return CommandOutcome.countinghouse(Stream.concat(Stream.of(arguments), Stream.of("--state", state.toString()))
                .toArray(String[]::new));
    }
}
