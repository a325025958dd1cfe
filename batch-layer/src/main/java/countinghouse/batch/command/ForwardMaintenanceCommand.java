package countinghouse.batch.command;

import countinghouse.kit.command.Subcommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Unmatched;

/** {@code countinghouse maintenance ...}: the same process, which has Iceberg and Spark. */
@Command(
        name = "maintenance",
        description = "Tends the tables of the batch layer: compact, expire, erase, backup, restore.")
public final class ForwardMaintenanceCommand implements Subcommand, IExitCodeGenerator {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private int status;

    @Override
    public void run() {
        List<String> forwarded = new ArrayList<>(List.of("maintenance"));
        forwarded.addAll(arguments);
        status = BatchForward.run(forwarded);
    }

    @Override
    public int getExitCode() {
        return status;
    }
}
