package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.ingestion.testing.OpenDoor;
import countinghouse.schemas.EventType;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the CloudEvents SDK for Java writes is taken in, in every mode and with every setting of its JSON format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSdkTest {
    private static final String BATCH = "application/cloudevents-batch+json";

    private OpenDoor open;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        open = OpenDoor.start(folder);
    }

    @AfterAll
    void stop() {
        open.close();
    }

    @Test
    void shouldTakeBinaryMode() throws Exception {
        CloudEvent event = event("binary", "sdk-binary");

        assertThat(send(writer -> writer.writeBinary(event))).isEqualTo(204);

        assertThat(stored("sdk-binary")).isEqualTo(1);
    }

    @Test
    void shouldTakeBinaryModeWithAnyJsonMediaTypeAndNoTime() throws Exception {
        CloudEvent event = CloudEventBuilder.from(event("binary-2", "sdk-vendor"))
                .withTime(null)
                .withDataContentType("application/vnd.tickets.v2+json; charset=utf-8")
                .build();

        assertThat(send(writer -> writer.writeBinary(event))).isEqualTo(204);

        assertThat(stored("sdk-vendor")).isEqualTo(1);
    }

    @Test
    void shouldTakeStructuredModeWithEverySettingOfTheFormat() throws Exception {
        JsonFormat plain = new JsonFormat();
        for (JsonFormat format :
                List.of(plain, plain.withForceJsonDataToBase64(), plain.withForceNonJsonDataToString())) {
            CloudEvent event = event("structured-" + format.hashCode(), "sdk-structured");
            assertThat(send(writer -> writer.writeStructured(event, format))).isEqualTo(204);
        }
        CloudEvent untyped = CloudEventBuilder.from(event("untyped", "sdk-structured"))
                .withDataContentType(null)
                .build();
        assertThat(send(writer -> writer.writeStructured(untyped, plain))).isEqualTo(204);

        assertThat(stored("sdk-structured")).isEqualTo(4);
    }

    @Test
    void shouldTakeABatch() throws Exception {
        byte[] body = new ObjectMapper()
                .registerModule(JsonFormat.getCloudEventJacksonModule())
                .writeValueAsBytes(List.of(event("b1", "sdk-batch"), event("b2", "sdk-batch")));

        assertThat(post(Map.of("Content-Type", BATCH), body).statusCode()).isEqualTo(204);

        assertThat(stored("sdk-batch")).isEqualTo(2);
    }

    @Test
    void shouldReadHeadersAsTheHttpBindingSays() throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Content-Type", "application/json",
                "ce-specversion", "1.0",
                "ce-id", "\"quoted \\\"id\\\"\"",
                "ce-source", "100% %C3%A9",
                "ce-type", "ticket.paid",
                "ce-subject", "sdk-headers"));
        byte[] data = "{\"ticket_id\":\"t\",\"offering_id\":\"o\"}".getBytes(UTF_8);

        assertThat(post(headers, data).statusCode()).isEqualTo(204);
        headers.put("ce-source", "%FF");
        assertThat(post(headers, data).body()).contains("\"rule\":\"characters\"", "\"field\":\"source\"");
        headers.put("ce-source", "s");
        assertThat(post(headers, "[{\"ticket_id\":\"t\"}]".getBytes(UTF_8)).statusCode())
                .isEqualTo(400);
        headers.put("Content-Encoding", "gzip");
        assertThat(post(headers, data).statusCode()).isEqualTo(415);

        assertThat(stored("sdk-headers")).isEqualTo(1);
    }

    private static CloudEvent event(String id, String account) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("https://tickets.example/north?x=%20"))
                .withType("ticket.paid")
                .withSubject(account)
                .withTime(OffsetDateTime.now())
                .withExtension("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .withExtension("partitionkey", 7)
                .withData(
                        "application/json",
                        "{\"ticket_id\":\"t\",\"offering_id\":\"o\",\"price\":12.50,\"currency\":\"EUR\"}"
                                .getBytes(UTF_8))
                .build();
    }

    private int send(Function<MessageWriter<?, Void>, Void> write) throws Exception {
        Map<String, String> headers = new HashMap<>();
        byte[][] body = {new byte[0]};
        write.apply(HttpMessageFactory.createWriter(headers::put, bytes -> body[0] = bytes));
        return post(headers, body[0]).statusCode();
    }

    private HttpResponse<String> post(Map<String, String> headers, byte[] body) throws Exception {
        return open.post(headers, body);
    }

    private long stored(String account) {
        return open.keyed(EventType.TICKET.topic(), account).size();
    }
}
