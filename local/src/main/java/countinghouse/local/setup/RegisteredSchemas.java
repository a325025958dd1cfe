package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** This build's schemas in a registry, which from then on takes only compatible ones. */
public final class RegisteredSchemas {
    static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private RegisteredSchemas() {}

    public static void register(URI registry) {
        requireCompatibility(registry);
        HttpSchemaRegistry client = new HttpSchemaRegistry(registry.toString(), TIMEOUT);
        for (EventType type : EventType.values()) {
            client.register(type.subject(), type.schema());
        }
    }

    static void requireCompatibility(URI registry) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/config"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"%s\"}".formatted(COMPATIBILITY)))
                .build();
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw failure(registry, response.statusCode() + " " + response.body(), null);
            }
        } catch (IOException e) {
            throw failure(registry, e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(registry, "interrupted", e);
        }
    }

    private static CommandFailure failure(URI registry, String why, Exception cause) {
        return new CommandFailure(
                ExitCode.TEMPORARY,
                "Cannot set the compatibility of the schema registry at %s (%s); try again".formatted(registry, why),
                cause);
    }
}
