package countinghouse.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.testing.SharedPlatform;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayThatNothingRuns() {
        assertThat(run(new StatusCommand(), "--json")).contains("\"state\" : \"stopped\"");
        assertThat(run(new StatusCommand())).contains("Platform stopped in " + folder);
        assertThat(run(new DownCommand())).contains("No platform runs in " + folder);
    }

    @Test
    void shouldShowWhatRuns() {
        String state = SharedPlatform.components().state().toString();
        assertThat(execute(new StatusCommand(), "--state", state)).contains("kafka", "running", "redis");
        assertThat(execute(new StatusCommand(), "--json", "--state", state)).contains("\"state\" : \"running\"");
    }

    @Test
    void shouldIssueATokenOfTheLocalPlatform() {
        String state = SharedPlatform.components().state().toString();
        assertThat(execute(new TokenCommand(), "--role", "admin", "--state", state)
                        .strip())
                .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    }

    @Test
    void shouldIssueNoTokenWithoutAPlatform() {
        @Command
        class Root {}
        PrintStream original = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
        try {
            Subcommand token = new TokenCommand();
            int status = new CommandRunner(new Root(), List.of(token))
                    .run("token", "--role", "ADMIN", "--state", folder.toString());
            assertThat(status).isEqualTo(ExitCode.BAD_INPUT.status());
            assertThat(error.toString(StandardCharsets.UTF_8)).contains("There is no platform in " + folder);
        } finally {
            System.setErr(original);
        }
    }

    private String run(Subcommand command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state", folder.toString()));
        return execute(command, all.toArray(String[]::new));
    }

    private static String execute(Subcommand command, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line =
                new CommandLine(command).setOut(new PrintWriter(out)).setCaseInsensitiveEnumValuesAllowed(true);
        assertThat(line.execute(arguments)).isZero();
        return out.toString();
    }
}
