package countinghouse.batch.command;

import countinghouse.kit.command.Subcommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Unmatched;

/** {@code countinghouse batch ...}: hands its arguments to the batch process and takes over its exit status. */
@Command(
        name = "batch",
        description =
                "Counts the archive authoritatively: seal, archive, gate, recompute, reconcile, publish, run, prove.")
public final class ForwardCommand implements Subcommand, IExitCodeGenerator {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private int status;

    @Override
    public void run() {
        status = BatchForward.run(arguments);
    }

    @Override
    public int getExitCode() {
        return status;
    }
}
