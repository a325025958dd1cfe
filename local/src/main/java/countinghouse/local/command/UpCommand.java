package countinghouse.local.command;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.PlatformStatus;
import countinghouse.local.supervisor.Extra;
import countinghouse.local.supervisor.SupervisorLaunch;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the platform and leaves it running. */
@Command(
        name = "up",
        description = "Start the platform on this machine and leave it running; 'down' stops it.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Subcommand {
    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the public API (default: a free one).")
    private Integer port;

    @Option(
            names = "--with",
            paramLabel = "PART",
            description =
                    "Start this as well: ${COMPLETION-CANDIDATES}. Trino answers SQL; it needs a JDK 24 or newer.")
    private Set<Extra> extras = EnumSet.noneOf(Extra.class);

    @Option(names = "--json", description = "Print the platform's status as JSON when it is up.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        StateDirectory directory = state.directory();
        PrintWriter error = spec.commandLine().getErr();
        PlatformStatus status = PlatformStatus.of(directory);
        if (status.state().equals(PlatformStatus.STOPPED)) {
            new SupervisorLaunch(directory.prepare())
                    .start(port == null ? OptionalInt.empty() : OptionalInt.of(port), extras, error::println);
            status = PlatformStatus.of(directory);
        } else {
            requireRunning(status);
            error.println("The platform already runs");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(status.json());
            out.flush();
            return;
        }
        out.println("API and dashboard  " + status.api());
        out.println("State              " + directory);
        out.println("Stop it with       ./countinghouse down" + (isDefault(directory) ? "" : " --state " + directory));
    }

    private void requireRunning(PlatformStatus status) {
        for (Extra extra : extras) {
            if (status.components().stream()
                    .noneMatch(component -> component.name().equals(extra.toString()))) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "The platform already runs, without %s; stop it with 'down', then start it with 'up --with %s'"
                                .formatted(extra, extra));
            }
        }
    }

    private static boolean isDefault(StateDirectory directory) {
        return directory.root().equals(new StateOption().directory().root());
    }
}
