package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.DatabaseConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prepares servers that are already there for the processes of a deployment. */
@Command(
        name = "setup",
        description = {
            "Prepare the servers that the settings name: topics, schemas, database, roles and rights.",
            "Repeated, it changes nothing. PostgreSQL is entered as setup.postgres.user."
        },
        mixinStandardHelpOptions = true)
public final class SetupCommand implements Subcommand {
    private static final String ADMINISTRATOR = "setup.postgres";

    private final Supplier<Settings> settings;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    public SetupCommand() {
        this(Settings::ofProcess);
    }

    SetupCommand(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        int made = 0;
        List<String> faults = new ArrayList<>();
        for (SetupStep step : steps(settings.get())) {
            for (Change change : step.changes()) {
                if (!dryRun) {
                    change.action().run();
                }
                out.println((dryRun ? "would " : "done: ") + change.description());
                out.flush();
                made++;
            }
            faults.addAll(step.faults());
        }
        out.println(
                made == 0
                        ? "Nothing to do: everything is there"
                        : "%d changes %s".formatted(made, dryRun ? "to make" : "made"));
        out.flush();
        if (!faults.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%s; no command changes that: correct the setting kafka.partitions, or use other topics"
                            .formatted(String.join("; ", faults)));
        }
    }

    private static List<SetupStep> steps(Settings settings) {
        Map<DatabaseRole, DatabaseConfig> roles = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            roles.put(role, DatabaseConfig.from(settings, role.settings()));
        }
        return List.of(
                new DatabaseSetup(DatabaseConfig.from(settings, ADMINISTRATOR), roles),
                new TopicSetup(KafkaConfig.from(settings)),
                new SchemaSetup(settings.uri("registry.url")));
    }
}
