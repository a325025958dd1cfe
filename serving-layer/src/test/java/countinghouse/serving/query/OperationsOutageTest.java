package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
class OperationsOutageTest {
    @Test
    void shouldSayThatTheLogCannotBeReadWhileKafkaIsDown(Layers layers) {
        // Nobody listens on this port.
        try (RunningApi api =
                new RunningApi(layers.settings().with(Map.of("kafka.bootstrap-servers", "127.0.0.1:1")))) {
            HttpResponse<String> flow = api.getAs(api.token(AccessRole.ADMIN), "/api/v1/platform/flow");

            assertThat(flow.statusCode()).isEqualTo(503);
            assertThat(code(flow)).isEqualTo("log-unavailable");
            assertThat(api.get("/api/v1/meters/views/query").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldSayWhatIsMissingIfTheProcessKnowsNoKafka(Layers layers) {
        try (RunningApi api = new RunningApi(layers.settings())) {
            HttpResponse<String> quarantine = api.getAs(api.token(AccessRole.ADMIN), "/api/v1/quarantine");

            assertThat(quarantine.statusCode()).isEqualTo(503);
            assertThat(quarantine.body()).contains("kafka.bootstrap-servers");
        }
    }

    private static String code(HttpResponse<String> problem) {
        JsonNode json = RunningApi.parse(problem);
        return json.path("code").asText();
    }
}
