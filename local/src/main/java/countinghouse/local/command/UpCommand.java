package countinghouse.local.command;

import countinghouse.kit.command.Subcommand;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.PlatformStatus;
import countinghouse.local.supervisor.SupervisorLaunch;
import java.io.PrintWriter;
import java.util.OptionalInt;
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
                    .start(port == null ? OptionalInt.empty() : OptionalInt.of(port), error::println);
            status = PlatformStatus.of(directory);
        } else {
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

    private static boolean isDefault(StateDirectory directory) {
        return directory.root().equals(new StateOption().directory().root());
    }
}
