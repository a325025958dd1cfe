package countinghouse.kit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The issuer of tokens is somebody else's service: it may be down when ours starts. */
class IssuerOutageTest {

    @Test
    void shouldStartWithoutTheIssuerAndJudgeTokensOnceItIsThere() throws Exception {
        int issuerPort = freePort();
        AtomicReference<String> published = new AtomicReference<>("no keys, a page that says: coming soon");
        Vertx vertx = Vertx.vertx();
        try (ServiceProcess process = ServiceProcess.start(
                Settings.of(Map.of("http.port", "0", "auth.jwks-url", "http://127.0.0.1:" + issuerPort + "/keys")),
                List.of(new OneRoute()))) {
            HttpResponse<String> early = get(process, "/thing");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).isPresent();
            assertThat(early.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(get(process, "/health/ready").body()).contains("auth.jwks-url");

            vertx.createHttpServer()
                    .requestHandler(request -> request.response().end(published.get()))
                    .listen(issuerPort, "127.0.0.1")
                    .await();
            assertThat(get(process, "/thing").statusCode())
                    .as("what it answers are no keys")
                    .isEqualTo(503);
            published.set(keys());

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(process, "/health/ready").statusCode() == 200);
            assertThat(get(process, "/thing").statusCode())
                    .as("a token that no key verifies")
                    .isEqualTo(401);
        } finally {
            vertx.close().await();
        }
    }

    private static HttpResponse<String> get(ServiceProcess process, String path) throws Exception {
        return ProcessClient.get(process, path, "Authorization", "Bearer some.bad.token");
    }

    private static String keys() throws Exception {
        RSAPublicKey key = (RSAPublicKey)
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("alg", "RS256")
                                        .put("kid", "1")
                                        .put("n", base64(key.getModulus().toByteArray()))
                                        .put("e", base64(key.getPublicExponent().toByteArray()))))
                .encode();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class OneRoute implements ProcessRole {
        @Override
        public String name() {
            return "one-route";
        }

        @Override
        public AutoCloseable start(ProcessContext context) {
            context.router()
                    .get("/thing")
                    .handler(context.access().require(AccessRole.ADMIN))
                    .handler(request -> request.response().end("thing"));
            return () -> {};
        }
    }
}
