package countinghouse.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.Settings;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of tokens that somebody else issued, whether or not their issuer can be reached. */
@ExtendWith(LayersExtension.class)
class LogoutTest {
    private static final JsonObject KEY =
            new JsonObject().put("kty", "oct").put("alg", "HS256").put("k", "of-this-test-only-".repeat(3));

    private final Vertx vertx = Vertx.vertx();
    private HttpServer issuer;
    private RunningApi api;

    @BeforeEach
    void start(Layers layers) {
        String keys = new JsonObject().put("keys", new JsonArray().add(KEY)).encode();
        issuer = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(keys))
                .listen(0, "127.0.0.1")
                .await();
        Settings settings = layers.settings()
                .with(Map.of(
                        "auth.jwt-secret", "",
                        "auth.local-users", "false",
                        "auth.jwks-url", "http://127.0.0.1:%d/keys".formatted(issuer.actualPort())));
        api = new RunningApi(settings);
    }

    @AfterEach
    void stop() {
        api.close();
        vertx.close().await();
    }

    @Test
    void shouldEndATokenWhileItsIssuerIsDown() {
        String token = token();
        String neverSeen = token();
        assertThat(api.getAs(token, "/api/v1/meters").statusCode()).isEqualTo(200);

        issuer.close().await();

        assertThat(logOut(token)).isEqualTo(204);
        assertThat(logOut(neverSeen)).isEqualTo(204);
        assertThat(api.getAs(token, "/api/v1/meters").statusCode()).isEqualTo(401);
        assertThat(api.getAs(neverSeen, "/api/v1/meters").statusCode()).isEqualTo(401);
        assertThat(logOut(token)).as("ended already").isEqualTo(401);
    }

    private int logOut(String token) {
        return api.send(HttpRequest.newBuilder(api.uri("/api/v1/logout"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    private String token() {
        JWTAuth signer = JWTAuth.create(vertx, new JWTAuthOptions().addJwk(KEY));
        return signer.generateToken(
                new JsonObject()
                        .put("type", "access")
                        .put("jti", UUID.randomUUID().toString())
                        .put("roles", new JsonArray().add("analyst")),
                new JWTOptions()
                        .setAlgorithm("HS256")
                        .setSubject("ann")
                        .setIssuer("countinghouse")
                        .addAudience("countinghouse")
                        .setExpiresInSeconds(600));
    }
}
