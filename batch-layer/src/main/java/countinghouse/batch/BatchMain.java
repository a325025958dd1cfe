package countinghouse.batch;

import countinghouse.batch.command.BatchCommands;
import countinghouse.kit.command.CommandRunner;
import java.util.List;

/** The process of the Spark commands: {@code countinghouse batch ...} starts it with its own class path. */
public final class BatchMain {
    private BatchMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandRunner(new BatchCommands(), List.of()).run(arguments));
    }
}
