package countinghouse.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ProcessRole;
import countinghouse.kit.process.ServiceProcess;
import countinghouse.local.testing.SharedPlatform;
import countinghouse.testing.contract.ContractOperation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Every role with routes in one process, on the real components of the local platform. */
final class WholeApi implements AutoCloseable {
    static final String MINE = "mine";
    private static final Set<String> ROLES = Set.of("ingest", "api", "billing");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<AccessRole, String> tokens = new EnumMap<>(AccessRole.class);
    private final ServiceProcess process;

    WholeApi() {
        process = ServiceProcess.start(settings(), roles());
    }

    static Settings settings() {
        // All strangers of all tests come from one address.
        return SharedPlatform.components()
                .settings()
                .with(Map.of("http.port", "0", "access.anonymous-requests-per-minute", "100000"));
    }

    static List<ProcessRole> roles() {
        return ServiceLoader.load(ProcessRole.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(role -> ROLES.contains(role.name()))
                .toList();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + process.port());
    }

    /** A token to ask an operation with; one that the operation ends is used for nothing else. */
    String token(AccessRole role, ContractOperation operation) {
        return operation.path().equals("/api/v1/logout") ? issue(role) : token(role);
    }

    String token(AccessRole role) {
        return tokens.computeIfAbsent(role, this::issue);
    }

    private String issue(AccessRole role) {
        Principal principal = new Principal(role.name(), Set.of(role), Set.of(MINE));
        return Tokens.issueOnce(TokenConfig.from(settings()), principal, Duration.ofHours(1));
    }

    JsonNode contract() {
        Answer answer = send(
                HttpRequest.newBuilder(base().resolve("/api/v1/openapi.json")).build());
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<ContractOperation> operations() {
        return ContractOperation.of(contract());
    }

    /** An answer; of an endless stream, only its head. */
    record Answer(HttpResponse<InputStream> response, String body) {
        int status() {
            return response.statusCode();
        }
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                boolean endless = response.headers()
                        .firstValue("Content-Type")
                        .filter("text/event-stream"::equals)
                        .isPresent();
                return new Answer(response, endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError("%s got no answer".formatted(request), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
