package countinghouse.ingestion.keys;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.ApiKeyStore;
import countinghouse.kit.access.key.KeyGrant;
import countinghouse.kit.access.key.KeyText;
import countinghouse.kit.access.key.NamePatterns;
import countinghouse.kit.command.CommandActor;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: the API keys of producers. */
@Command(
        name = "keys",
        description = "API keys of producers: create, list, revoke, rotate.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|list|revoke|rotate")
public final class KeysCommand implements Subcommand {
    private static final String ACTOR = CommandActor.name();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, list, revoke or rotate");
    }

    @Command(description = "Make a key. It is shown once and stored as a hash only.", mixinStandardHelpOptions = true)
    void create(
            @Option(names = "--producer", required = true, paramLabel = "NAME", description = "Whom it is for.")
                    String producer,
            @Option(
                            names = "--source",
                            required = true,
                            paramLabel = "SOURCE",
                            description = "CloudEvents source that it may send, or the beginning of some and '*'.")
                    List<String> sources,
            @Option(
                            names = "--account",
                            required = true,
                            paramLabel = "ACCOUNT",
                            description = "Account that it may send events of, or the beginning of some and '*'.")
                    List<String> accounts,
            @Option(
                            names = "--role",
                            defaultValue = "producer",
                            paramLabel = "ROLE",
                            description = "What it may do: producer, customer, creator (read the accounts named),"
                                    + " analyst (read all) (default: ${DEFAULT-VALUE}).")
                    Set<AccessRole> roles,
            @Option(
                            names = "--events-per-second",
                            defaultValue = "1000",
                            paramLabel = "N",
                            description = "How many events it may send (default: ${DEFAULT-VALUE}).")
                    int eventsPerSecond,
            @Option(names = "--json", description = "Print the key as JSON.") boolean json) {
        KeyGrant grant;
        try {
            grant = new KeyGrant(
                    producer, new NamePatterns(sources), new NamePatterns(accounts), roles, eventsPerSecond);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        }
        KeyText key = KeyText.random(new SecureRandom());
        KeySession.run(store -> store.add(key, grant, ACTOR));
        output(json).created(key);
    }

    @Command(description = "List every key ever made; no secrets.", mixinStandardHelpOptions = true)
    void list(@Option(names = "--json", description = "One JSON object per line.") boolean json) {
        KeySession.run(store -> output(json).list(store.all()));
    }

    @Command(description = "Revoke a key: within seconds it opens nothing.", mixinStandardHelpOptions = true)
    void revoke(@Parameters(paramLabel = "ID", description = "The key's id, as 'keys list' shows it.") String id) {
        KeySession.run(store -> {
            if (!store.revoke(id, ACTOR)) {
                throw unknown(id);
            }
        });
    }

    @Command(
            description = "Make a key for the same as another, which stays good for a while.",
            mixinStandardHelpOptions = true)
    void rotate(
            @Parameters(paramLabel = "ID", description = "The id of the key to replace.") String id,
            @Option(
                            names = "--overlap",
                            defaultValue = "PT24H",
                            paramLabel = "DURATION",
                            description = "How long the old key stays good (default: ${DEFAULT-VALUE}).")
                    Duration overlap,
            @Option(names = "--json", description = "Print the key as JSON.") boolean json) {
        if (overlap.isNegative()) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "--overlap is %s; it must not be negative".formatted(overlap));
        }
        KeyText key = KeyText.random(new SecureRandom());
        KeySession.run(store -> rotated(store, id, key, overlap));
        output(json).created(key);
    }

    private static ApiKey rotated(ApiKeyStore store, String id, KeyText key, Duration overlap) {
        return store.rotate(id, key, overlap, ACTOR).orElseThrow(() -> unknown(id));
    }

    private KeyOutput output(boolean json) {
        return new KeyOutput(spec.commandLine().getOut(), json);
    }

    private static CommandFailure unknown(String id) {
        return new CommandFailure(
                ExitCode.BAD_INPUT, "There is no valid key with the id '%s'; 'keys list' shows all".formatted(id));
    }
}
