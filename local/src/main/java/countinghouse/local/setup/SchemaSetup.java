package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This build's schemas in the registry, which takes only compatible ones. */
final class SchemaSetup implements SetupStep {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI registry;

    SchemaSetup(URI registry) {
        this.registry = registry;
    }

    @Override
    public List<Change> changes() {
        HttpSchemaRegistry client = new HttpSchemaRegistry(registry.toString(), TIMEOUT);
        List<Change> changes = new ArrayList<>();
        String rule = asking(client::compatibility);
        if (!rule.equals(RegisteredSchemas.COMPATIBILITY)) {
            changes.add(new Change(
                    "set the compatibility of the schema registry to %s (was %s)"
                            .formatted(RegisteredSchemas.COMPATIBILITY, rule),
                    () -> RegisteredSchemas.requireCompatibility(registry)));
        }
        for (EventType type : EventType.values()) {
            if (!asking(() -> client.versions(type.subject())).contains(type.schema())) {
                changes.add(new Change(
                        "register the schema of %s".formatted(type.subject()),
                        () -> asking(() -> client.register(type.subject(), type.schema()))));
            }
        }
        return changes;
    }

    private interface Question<T> {
        T ask();
    }

    private <T> T asking(Question<T> question) {
        try {
            return question.ask();
        } catch (RegistryException e) {
            boolean unreachable = e.getCause() instanceof IOException;
            throw new CommandFailure(
                    unreachable ? ExitCode.TEMPORARY : ExitCode.DISAGREED,
                    unreachable
                            ? "%s; see that it runs, then try again".formatted(e.getMessage())
                            : "%s; a schema that is not compatible must not replace another".formatted(e.getMessage()),
                    e);
        }
    }
}
