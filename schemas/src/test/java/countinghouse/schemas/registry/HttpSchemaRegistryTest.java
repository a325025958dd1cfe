package countinghouse.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol, byte by byte; that a real registry speaks it is shown by the end-to-end tests. */
class HttpSchemaRegistryTest {
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private HttpSchemaRegistry registry;
    private int status = 200;
    private String answer = "{\"id\":7}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        registry =
                new HttpSchemaRegistry("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldRegisterOnceAndRememberTheSchema() {
        int id = registry.register("events.view-value", EventType.VIEW.schema());
        assertThat(id).isEqualTo(7);
        assertThat(registry.byId(7)).isEqualTo(EventType.VIEW.schema());
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /subjects/events.view-value/versions {\"schema\"");
    }

    @Test
    void shouldFetchASchemaOnlyOnce() {
        answer = "{\"schema\":\"\\\"string\\\"\"}";
        assertThat(registry.byId(3).getName()).isEqualTo("string");
        assertThat(registry.byId(3).getName()).isEqualTo("string");
        assertThat(requests).containsExactly("GET /schemas/ids/3 ");
    }

    @Test
    void shouldSetTheCompatibilityOfASubject() {
        registry.compatibility("events.view-value", "BACKWARD_TRANSITIVE");
        assertThat(requests)
                .containsExactly("PUT /config/events.view-value {\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    }

    @Test
    void shouldCallAnUnknownIdUndecodableAndARefusalARegistryError() {
        status = 404;
        assertThatThrownBy(() -> registry.byId(3)).isInstanceOf(UndecodableException.class);
        status = 409;
        assertThatThrownBy(() -> registry.register("s", EventType.AD.schema()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("409");
    }

    @Test
    void shouldNotCallAnEventBadWhenTheRegistryIsDown() {
        server.stop(0);
        assertThatThrownBy(() -> registry.byId(3))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot reach");
    }
}
