package countinghouse.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import countinghouse.kit.access.AccessRole;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Nothing that opens a door stands in a log, at any level of our own loggers, in success or failure. */
@ExtendWith(LayersExtension.class)
class SecretsInLogsTest {
    private static final String PASSWORD = "a-password-that-only-this-test-has";

    private final Logger ours = (Logger) LoggerFactory.getLogger("countinghouse");
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level before = ours.getLevel();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        ours.setLevel(before);
    }

    @Test
    void shouldHoldNoTokenNoPasswordAndNoSigningSecret(Layers layers) {
        String token;
        try (RunningApi api = new RunningApi(
                layers.settings().with(Map.of("postgres.password", PASSWORD, "redis.url", "redis://127.0.0.1:1")))) {
            token = api.token(AccessRole.CREATOR, "ann");
            api.getAs(token, "/api/v1/meters");
            api.getAs(token, "/api/v1/meters/views/query");
            api.getAs(token + "x", "/api/v1/meters");
            api.getAs(token, "/api/v1/meters?access_token=" + token);
            api.send(HttpRequest.newBuilder(api.uri("/api/v1/live?meter=clicks&access_token=" + token))
                    .build());
            api.send(HttpRequest.newBuilder(api.uri("/api/v1/login"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"" + PASSWORD + "\"}"))
                    .build());
        }

        assertThat(log.list).as("what happened is logged at all").isNotEmpty();
        assertThat(log.list).extracting(SecretsInLogsTest::text).allSatisfy(line -> assertThat(line)
                .doesNotContain(List.of(token, PASSWORD, Layers.SECRET)));
    }

    private static String text(ILoggingEvent event) {
        IThrowableProxy throwable = event.getThrowableProxy();
        return event.getFormattedMessage() + (throwable == null ? "" : ThrowableProxyUtil.asString(throwable));
    }
}
