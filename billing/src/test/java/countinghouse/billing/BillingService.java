package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.api.BillingRole;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.ContractedAnswers;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ServiceProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The service of billing on some books, called over HTTP as the contract has it. */
final class BillingService implements AutoCloseable {
    private static final ContractedAnswers CONTRACT = new ContractedAnswers();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final ServiceProcess process;
    private final Tokens tokens;

    BillingService(Books books) {
        process = ServiceProcess.start(books.settings(), List.of(new BillingRole()));
        tokens = new Tokens(vertx, TokenConfig.from(books.settings()));
    }

    /** One account in Pro since 2025, and one in Free from now on, in another time zone. */
    void registerAcmeAndOther() {
        call("POST", "/accounts", "{\"account\":\"acme\",\"tier\":\"pro\",\"effectiveFrom\":\"2025-01-01T00:00:00Z\"}");
        call("PUT", "/accounts/other", "{\"tier\":\"free\",\"timeZone\":\"Europe/Berlin\"}");
    }

    JsonNode invoices(String account) {
        return call("GET", "/invoices?account=" + account, null).json();
    }

    static Principal customer(String account) {
        return new Principal("customer", Set.of(AccessRole.CUSTOMER), Set.of(account));
    }

    Answer call(String method, String path, String body) {
        return callAs(new Principal("boss", Set.of(AccessRole.ADMIN), Set.of()), method, path, body);
    }

    Answer callWithKey(String key, String method, String path, String body) {
        return callAs(
                new Principal("boss", Set.of(AccessRole.ADMIN), Set.of()), method, path, body, "Idempotency-Key", key);
    }

    Answer callAs(Principal principal, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1%s".formatted(process.port(), path)))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + tokens.issue(principal, Duration.ofMinutes(5)))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode json = Json.mapper().readTree(response.body());
            CONTRACT.check(method, request.build().uri().getPath(), response.statusCode(), json);
            return new Answer(
                    response.statusCode(),
                    json,
                    response.headers().firstValue("Idempotency-Replayed").isPresent());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void assertProblem(Answer answer, int status, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(detail);
    }

    record Answer(int status, JsonNode json, boolean replayed) {}

    @Override
    public void close() {
        process.close();
        vertx.close().await();
    }
}
