package countinghouse.batch.testing;

import countinghouse.batch.command.BatchCommands;
import countinghouse.testing.command.CommandOutcome;

/** {@code countinghouse batch}, on what the settings file of the process names. */
public final class Batch {
    private Batch() {}

    public static CommandOutcome run(String... arguments) {
        return CommandOutcome.program(new BatchCommands(), arguments);
    }
}
