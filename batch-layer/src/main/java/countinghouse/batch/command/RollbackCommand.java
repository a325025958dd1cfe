package countinghouse.batch.command;

import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code countinghouse rollback}. */
@Command(
        name = "rollback",
        description = "Serves the generation before the current one.",
        mixinStandardHelpOptions = true)
public final class RollbackCommand implements Subcommand {
    @Spec
    private CommandSpec command;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public void run() {
        try (Database database = Database.open(BatchConfig.databaseFrom(Settings.ofProcess()))) {
            Generation served = new Generations(database).rollback();
            PrintWriter out = command.commandLine().getOut();
            out.println(
                    json
                            ? Json.text(served)
                            : "Generation %d is served again, closed through %s"
                                    .formatted(served.number(), Instant.ofEpochMilli(served.closedThroughMs())));
            out.flush();
        } catch (RuntimeException e) {
            throw Failures.reported(e);
        }
    }
}
