package countinghouse.local.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ForwardedCommandTest {
    @Test
    void shouldHandOverItsArgumentsAndTakeOverTheExitStatus() {
        assertThat(new CommandLine(new Forwarded("app")).execute("--version")).isZero();
        assertThat(new CommandLine(new Forwarded("app")).execute("no-such-command"))
                .isEqualTo(ExitCode.BAD_INPUT.status());
    }

    @Test
    void shouldNameTheClassPathThatTheDistributionLacks() {
        Forwarded missing = new Forwarded("missing");
        assertThatThrownBy(missing::run)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("lib/missing")
                .hasMessageContaining("package");
    }

    @Command(name = "forwarded")
    static final class Forwarded extends ForwardedCommand {
        Forwarded(String process) {
            super(process, "countinghouse.app.Main", List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
    }
}
