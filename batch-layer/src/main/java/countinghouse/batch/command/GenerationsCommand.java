package countinghouse.batch.command;

import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code countinghouse generations}. */
@Command(
        name = "generations",
        description = "Lists the published generations, newest first; * marks the one that is served.",
        mixinStandardHelpOptions = true)
public final class GenerationsCommand implements Subcommand {
    @Spec
    private CommandSpec command;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public void run() {
        try (Database database = Database.open(BatchConfig.databaseFrom(Settings.ofProcess()))) {
            print(new Generations(database).list());
        } catch (RuntimeException e) {
            throw Failures.reported(e);
        }
    }

    private void print(List<Generation> generations) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(Json.text(generations));
        } else if (generations.isEmpty()) {
            out.println("Nothing is published yet; 'countinghouse batch run' publishes the first generation");
        } else {
            generations.forEach(generation -> out.println("%s %d  closed through %s  published %s by %s  (run %s)"
                    .formatted(
                            generation.isCurrent() ? "*" : " ",
                            generation.number(),
                            Instant.ofEpochMilli(generation.closedThroughMs()),
                            generation.publishedAt(),
                            generation.publishedBy(),
                            generation.runId())));
        }
        out.flush();
    }
}
