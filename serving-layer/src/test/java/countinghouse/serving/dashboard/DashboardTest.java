package countinghouse.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
    private Layers layers;
    private RunningApi api;

    @BeforeAll
    void lookAt(Layers started, RunningApi running) {
        layers = started;
        api = running;
    }

    @Test
    void shouldServeThePageAndEverythingItNamesWithoutAToken() {
        HttpResponse<String> page = get("/");
        List<String> named = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"")
                .matcher(page.body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'");
        assertThat(named)
                .hasSizeGreaterThan(3)
                .allSatisfy(path -> assertThat(get(path).statusCode()).isEqualTo(200));
    }

    @Test
    void shouldServeEveryListedFileByItsDigest() {
        assertThat(DashboardRoutes.listed()).allSatisfy(name -> {
            HttpResponse<String> file = get("/dashboard/" + name);
            String entityTag = file.headers().firstValue("ETag").orElse("");
            HttpResponse<String> again = api.send(HttpRequest.newBuilder(api.uri("/dashboard/" + name))
                    .header("If-None-Match", entityTag)
                    .build());

            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        });
        assertThat(get("/dashboard/files.txt").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldServeTheContractAsAPageToRead() {
        HttpResponse<String> page = get("/docs");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(List.of("/docs/docs.js", "/docs/swagger-ui.js", "/docs/swagger-ui.css", "/api/v1/openapi.json"))
                .allSatisfy(path -> assertThat(get(path).statusCode()).isEqualTo(200));
    }

    @Test
    void shouldHoldNothingInlineThatItsOwnPolicyForbids() {
        assertThat(get("/").body())
                .doesNotContain("<style", " style=", " onclick=")
                .doesNotContainPattern("<script(?![^>]*src=)");
    }

    @Test
    void shouldSignInReadyMadeUsersOfALocalPlatform() {
        JsonNode users = RunningApi.parse(get("/api/v1/login")).get("users");
        JsonNode signedIn = RunningApi.parse(login("{\"user\":\"analyst\"}"));

        assertThat(users.toString()).contains("admin", "analyst", "creator");
        assertThat(api.getAs(signedIn.get("token").asText(), "/api/v1/meters").statusCode())
                .isEqualTo(200);
        assertThat(login("{\"user\":\"root\"}").statusCode()).isEqualTo(401);
        assertThat(login("{}").statusCode()).isEqualTo(400);
        assertThat(login("{").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldGiveNewTokensForARefreshTokenOnce() {
        JsonNode signedIn = RunningApi.parse(login("{\"user\":\"analyst\"}"));
        String refresh = "{\"refreshToken\":\"%s\"}"
                .formatted(signedIn.get("refreshToken").asText());

        JsonNode renewed = RunningApi.parse(post("/api/v1/login/refresh", refresh));

        assertThat(api.getAs(renewed.get("token").asText(), "/api/v1/meters").statusCode())
                .isEqualTo(200);
        assertThat(api.getAs(signedIn.get("refreshToken").asText(), "/api/v1/meters")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/api/v1/login/refresh", refresh).statusCode()).isEqualTo(401);
        assertThat(post("/api/v1/login/refresh", refresh.replace("refreshToken", "token"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldEndTokensBeforeTheirTime() {
        JsonNode signedIn = RunningApi.parse(login("{\"user\":\"analyst\"}"));
        String token = signedIn.get("token").asText();
        String refresh = "{\"refreshToken\":\"%s\"}"
                .formatted(signedIn.get("refreshToken").asText());
        assertThat(api.getAs(token, "/api/v1/meters").statusCode()).isEqualTo(200);

        HttpResponse<String> loggedOut = api.send(HttpRequest.newBuilder(api.uri("/api/v1/logout"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(refresh))
                .build());

        assertThat(loggedOut.statusCode()).isEqualTo(204);
        assertThat(api.getAs(token, "/api/v1/meters").statusCode()).isEqualTo(401);
        assertThat(post("/api/v1/login/refresh", refresh).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldHaveNoLoginWhereUsersAreNotLocal() {
        try (RunningApi production = new RunningApi(layers.settings().with(Map.of("auth.local-users", "false")))) {
            HttpRequest request =
                    HttpRequest.newBuilder(production.uri("/api/v1/login")).build();

            assertThat(production.send(request).statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> login(String body) {
        return post("/api/v1/login", body);
    }

    private HttpResponse<String> post(String path, String body) {
        return api.send(HttpRequest.newBuilder(api.uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> get(String path) {
        return api.send(HttpRequest.newBuilder(api.uri(path)).build());
    }
}
