package countinghouse.local.command;

import countinghouse.kit.command.Subcommand;
import countinghouse.local.status.ComponentStatus;
import countinghouse.local.status.PlatformStatus;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what runs, where. */
@Command(
        name = "status",
        description = "Show what runs on this machine: each component's state, process and port.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Subcommand {
    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--json", description = "Print JSON; 'api' is the base URL of the public API.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PlatformStatus status = PlatformStatus.of(state.directory());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(status.json());
            out.flush();
            return;
        }
        out.println("Platform %s in %s".formatted(status.state(), state.directory()));
        if (status.api() != null) {
            out.println("API      " + status.api());
        }
        for (ComponentStatus component : status.components()) {
            out.println("%-9s %-8s port %-6d %s"
                    .formatted(
                            component.name(),
                            component.state(),
                            component.port(),
                            component.pid() == null ? "" : "pid " + component.pid()));
        }
    }
}
