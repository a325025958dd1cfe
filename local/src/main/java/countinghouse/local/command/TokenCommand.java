package countinghouse.local.command;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.token.LocalTokens;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints an access token of a local platform. */
@Command(
        name = "token",
        description = "Print an access token for the platform on this machine.",
        mixinStandardHelpOptions = true)
public final class TokenCommand implements Subcommand {
    @Mixin
    private StateOption state = new StateOption();

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What the caller may do, once or more: ${COMPLETION-CANDIDATES}.")
    private List<AccessRole> roles;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "An account that a creator or customer may see, once or more.")
    private List<String> accounts = new ArrayList<>();

    @Option(
            names = "--valid-for",
            paramLabel = "DURATION",
            defaultValue = "PT12H",
            description = "ISO-8601 duration (default: ${DEFAULT-VALUE}).")
    private Duration validity;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        StateDirectory directory = state.directory();
        if (!Files.exists(directory.configuration())) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no platform in %s; start one with 'countinghouse up', or name its folder with --state"
                            .formatted(directory));
        }
        String token = new LocalTokens(Settings.ofFile(directory.configuration()))
                .issue("local", EnumSet.copyOf(roles), Set.copyOf(accounts), validity);
        spec.commandLine().getOut().println(token);
    }
}
