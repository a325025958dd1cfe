package countinghouse.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServiceTest {
    private static final String OURS = "https://numbers.example";

    private SampleProcess process;

    @BeforeAll
    void start() {
        process = new SampleProcess(Map.of("http.cors-origins", OURS + ", https://other.example"));
    }

    @AfterAll
    void stop() {
        process.close();
    }

    @ParameterizedTest
    @CsvSource({"/health/live", "/api/v1/things/abc", "/no/such/path"})
    void shouldTellBrowsersWhatToRefuse(String path) {
        HttpResponse<String> response = process.get(path);

        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("Permissions-Policy")).isPresent();
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("Strict-Transport-Security"))
                .as("not where callers may come by plain HTTP")
                .isEmpty();
    }

    @Test
    void shouldLetOnlyPagesOfListedOriginsReadAnswers() {
        HttpResponse<String> listed = process.get("/api/v1/things/abc", "Origin", OURS);
        HttpResponse<String> foreign = process.get("/api/v1/things/abc", "Origin", "https://evil.example");

        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(OURS);
        assertThat(foreign.statusCode()).isEqualTo(200);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(listed.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void shouldAnswerThePreflightOfListedOriginsOnly() {
        assertThat(preflight(OURS)
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElse(""))
                .contains("POST");
        assertThat(preflight("https://evil.example").headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({"GET /%s HTTP/1.1, 20000, 414", "GET / HTTP/1.1\\r\\nX-Long: %s, 20000, 431", "nonsense %s, 1, 400"})
    void shouldAnswerWhatIsNoRequestWithAProblem(String start, int length, int status) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", process.port())) {
            String text = start.replace("\\r\\n", "\r\n").formatted("x".repeat(length)) + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer)
                    .contains(" " + status + " ")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("\"status\":" + status);
        }
    }

    @Test
    void shouldRefuseAHeaderWhoseQuotesDoNotClose() {
        HttpResponse<String> response =
                process.get("/api/v1/things/abc", "Content-Type", "application/json; charset=\"");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void shouldSpeakTlsWithACertificateOfItsOwn() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("127.0.0.1");
        Vertx vertx = Vertx.vertx();
        try (SampleProcess secure = new SampleProcess(Map.of(
                "http.tls-certificate", certificate.certificatePath(), "http.tls-key", certificate.privateKeyPath()))) {
            // A client that nobody holds is closed with the next collection of garbage.
            HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
                    .setSsl(true)
                    .setVerifyHost(false)
                    .setTrustOptions(new PemTrustOptions().addCertPath(certificate.certificatePath())));
            String header = client.request(HttpMethod.GET, secure.port(), "127.0.0.1", "/health/live")
                    .compose(request -> request.send())
                    .map(response -> response.getHeader("Strict-Transport-Security"))
                    .await();

            assertThat(header).contains("max-age=31536000");
            client.close().await();
        } finally {
            vertx.close().await();
            certificate.delete();
        }
    }

    @Test
    void shouldRefuseHalfACertificate() {
        assertThatThrownBy(() -> HttpConfig.from(Settings.of(Map.of("http.tls-key", "key.pem"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("http.tls-certificate");
    }

    private HttpResponse<String> preflight(String origin) {
        return process.send(
                process.request("/api/v1/things/abc").method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST");
    }
}
