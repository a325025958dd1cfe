package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.testing.OpenDoor;
import countinghouse.ingestion.testing.TestDoor;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.http.Json;
import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.identity.Identity;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.testing.broker.TestBroker;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorTest {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private OpenDoor open;
    private TestDoor door;
    private String token;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        open = OpenDoor.start(folder);
        door = open.door();
        token = open.token();
    }

    @AfterAll
    void stop() {
        open.close();
    }

    @Test
    void shouldStoreAnEventBeforeItAnswers() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        HttpResponse<String> answer = door.post(
                ticket("one", "organiser-7").getBytes(UTF_8),
                headers(STRUCTURED, Map.of("X-Correlation-ID", "corr-1", "traceparent", trace)));

        assertThat(answer.statusCode()).isEqualTo(204);
        ConsumerRecord<byte[], byte[]> record = only(EventType.TICKET.topic(), "organiser-7");
        assertThat(record.partition()).isEqualTo(Partitioning.partitionOf("organiser-7", TestBroker.PARTITIONS));
        assertThat(header(record, Topics.CORRELATION_HEADER)).isEqualTo("corr-1");
        assertThat(header(record, Topics.TRACE_HEADER)).isEqualTo(trace);
        TicketEvent stored = (TicketEvent)
                new EventDecoder(new HttpSchemaRegistry(open.registry().url()), EventType.TICKET)
                        .decode(record.value());
        assertThat(stored.getId()).isEqualTo("one");
        assertThat(stored.getPrice()).isEqualByComparingTo("12.5");
    }

    @Test
    void shouldPutNoHeaderOnARecordThatNobodyAskedFor() throws Exception {
        HttpResponse<String> answer =
                door.post(ticket("plain", "organiser-plain").getBytes(UTF_8), headers(STRUCTURED, Map.of()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("X-Correlation-ID")).isPresent();
        assertThat(only(EventType.TICKET.topic(), "organiser-plain").headers()).isEmpty();
    }

    @Test
    void shouldStoreTheValidEventsOfABatchAndQuarantineTheOthers() throws Exception {
        String broken = ticket("b2", "organiser-8").replace("\"ticket_id\":", "\"ticket\" :  ");
        String body = "[%s, %s ,%s, 7]".formatted(ticket("b1", "organiser-8"), broken, ticket("b3", "organiser-8"));

        HttpResponse<String> answer = door.post(body.getBytes(UTF_8), headers(BATCH, Map.of()));

        JsonNode problem = Json.mapper().readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("code").asText()).isEqualTo("events-rejected");
        assertThat(problem.path("stored").asInt()).isEqualTo(2);
        assertThat(problem.path("quarantined").asInt()).isEqualTo(2);
        assertThat(problem.path("errors").get(0).path("index").asInt()).isEqualTo(1);
        assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("ticket_id");
        assertThat(problem.path("errors").get(0).path("rule").asText()).isEqualTo("required");
        assertThat(problem.path("errors").get(1).path("index").asInt()).isEqualTo(3);
        assertThat(keyed(EventType.TICKET.topic(), "organiser-8")).hasSize(2);
        JsonNode quarantined =
                Json.mapper().readTree(only(Topics.QUARANTINE, "organiser-8").value());
        assertThat(quarantined.path("reason").asText()).isEqualTo("required");
        assertThat(quarantined.path("payload").asText()).isEqualTo(broken);
        assertThat(quarantined.path("account").asText()).isEqualTo("organiser-8");
    }

    @Test
    void shouldRefuseASingleInvalidEventAndAnUnreadableBody() throws Exception {
        assertThat(door.post("{\"specversion\":\"1.0\"}".getBytes(UTF_8), headers(STRUCTURED, Map.of()))
                        .statusCode())
                .isEqualTo(400);
        for (byte[] body : List.of(
                "[{},".getBytes(UTF_8),
                "".getBytes(UTF_8),
                "{} {}".getBytes(UTF_8),
                new byte[] {'"', (byte) 0xff, '"'},
                "{\"id\":1,\"id\":2}".getBytes(UTF_8),
                "[1000000000000000000000e2147483640]".getBytes(UTF_8),
                "[1E+2547483647]".getBytes(UTF_8),
                ("[".repeat(40) + "]".repeat(40)).getBytes(UTF_8))) {
            HttpResponse<String> answer = door.post(body, headers(BATCH, Map.of()));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Json.mapper().readTree(answer.body()).path("quarantined").asInt())
                    .as(new String(body, UTF_8))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhereABodyStopsBeingJsonAndNothingOfItsParser() throws Exception {
        HttpResponse<String> answer = door.post("{\n  \"id\": seven}".getBytes(UTF_8), headers(STRUCTURED, Map.of()));

        String message = Json.mapper()
                .readTree(answer.body())
                .path("errors")
                .get(0)
                .path("message")
                .asText();
        assertThat(message).contains("'seven'", "(line 2, column ").doesNotContain("Source", "REDACTED", "\n");
    }

    @Test
    void shouldTakeEveryFormOfCloudEvents() throws Exception {
        byte[] one = ticket("f1", "organiser-9").getBytes(UTF_8);
        byte[] many = ("[" + ticket("f2", "organiser-9") + "]").getBytes(UTF_8);
        Map<String, String> binary = new HashMap<>(headers("application/json", Map.of()));
        binary.putAll(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "f5",
                "ce-source", "tickets%20north",
                "ce-type", "ticket.paid",
                "ce-subject", "organiser-9"));

        assertThat(door.post(one, headers(STRUCTURED + "; charset=utf-8", Map.of()))
                        .statusCode())
                .isEqualTo(204);
        assertThat(door.post(many, headers(BATCH, Map.of())).statusCode()).isEqualTo(204);
        assertThat(door.post(one, headers("application/json", Map.of())).statusCode())
                .isEqualTo(204);
        assertThat(door.post(many, headers("application/json", Map.of())).statusCode())
                .isEqualTo(204);
        assertThat(door.post("[]".getBytes(UTF_8), headers(BATCH, Map.of())).statusCode())
                .isEqualTo(204);
        assertThat(door.post("{\"ticket_id\":\"t\",\"offering_id\":\"o\"}".getBytes(UTF_8), binary)
                        .statusCode())
                .isEqualTo(204);
        assertThat(keyed(EventType.TICKET.topic(), "organiser-9")).hasSize(5);
    }

    @Test
    void shouldRefuseWhatIsNoRequestForIt() throws Exception {
        byte[] body = ticket("x", "organiser-1").getBytes(UTF_8);

        assertThat(door.post(body, Map.of("Content-Type", STRUCTURED)).statusCode())
                .isEqualTo(401);
        assertThat(door.post(
                                body,
                                Map.of(
                                        "Content-Type",
                                        STRUCTURED,
                                        "Authorization",
                                        "Bearer " + door.token(AccessRole.CREATOR)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(door.post(body, Map.of("Content-Type", STRUCTURED, "X-API-Key", token))
                        .statusCode())
                .isEqualTo(204);
        assertThat(door.post(body, headers("text/xml", Map.of())).statusCode()).isEqualTo(415);
        assertThat(door.post(body, Map.of("Authorization", "Bearer " + token)).statusCode())
                .isEqualTo(415);
        assertThat(door.post(new byte[1024 * 1024 + 1], headers(BATCH, Map.of()))
                        .statusCode())
                .isEqualTo(413);
        String tooMany = "[" + "1,".repeat(RequestEvents.MAX_EVENTS) + "1]";
        assertThat(door.post(tooMany.getBytes(UTF_8), headers(BATCH, Map.of())).statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldCountWhatItDidInMetrics() throws Exception {
        String view = """
                {"specversion":"1.0","id":"m1","source":"s","type":"video.view","subject":"creator-m","data":
                {"video_id":"v","user_id":"u","ad_views":[{"ad_id":"a","advertiser":"b"},{"ad_id":"c","advertiser":"b"}]}}""";
        assertThat(door.post(view.getBytes(UTF_8), headers(STRUCTURED, Map.of()))
                        .statusCode())
                .isEqualTo(204);

        assertThat(door.get("/metrics"))
                .contains("ingest_ads_exploded_total 2.0", "ingest_events_accepted_total{type=\"view\"} 1.0");
        assertThat(keyed(EventType.AD.topic(), "b")).hasSize(2);
        assertThat(door.get("/health/ready")).contains("\"event-log\":\"ok\"");
    }

    @Test
    void shouldAnswer503InBoundedTimeWhenKafkaIsDown() throws Exception {
        try (ServerSocket closed = new ServerSocket(0)) {
            String nowhere = "127.0.0.1:" + closed.getLocalPort();
            closed.close();
            try (TestDoor dark = TestDoor.start(nowhere, open.registry().url())) {
                String body = "[%s,%s,%s]".formatted(ticket("d1", "a"), ticket("d2", "b"), ticket("d3", "c"));
                long start = System.nanoTime();
                HttpResponse<String> answer = dark.post(body.getBytes(UTF_8), headers(BATCH, Map.of()));

                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
                assertThat(dark.get("/health/ready")).contains("Kafka does not acknowledge");
                assertThat(dark.get("/metrics")).contains("ingest_unavailable_total 1.0");
            }
        }
    }

    @Test
    void shouldStoreEveryEventOfABatchWithADuplicate() throws Exception {
        // lago-api#4772: a batch with one duplicate was answered as failed, and the others were stored without what
        // follows.
        String known = ticket("dup", "organiser-dup");
        assertThat(door.post(known.getBytes(UTF_8), headers(STRUCTURED, Map.of()))
                        .statusCode())
                .isEqualTo(204);
        String batch =
                "[%s,%s,%s]".formatted(ticket("new-1", "organiser-dup"), known, ticket("new-2", "organiser-dup"));

        assertThat(door.post(batch.getBytes(UTF_8), headers(BATCH, Map.of())).statusCode())
                .isEqualTo(204);

        assertThat(identities("organiser-dup")).hasSize(3);
    }

    @Test
    void shouldKeepTheIdentityOfAReplayWhoseTimeIsAnotherOrMissing() throws Exception {
        // flexprice#2659: the time was part of what makes an event the same, so a replay with another one counted
        // twice.
        String event = ticket("replay", "organiser-replay");
        String now = Instant.now().toString();
        for (String again : List.of(
                event,
                event.replace("\"id\"", "\"time\":\"%s\",\"id\"".formatted(now)),
                event.replace("\"id\"", "\"time\":\"%s\",\"id\"".formatted(now.replace("Z", "+00:00"))))) {
            assertThat(door.post(again.getBytes(UTF_8), headers(STRUCTURED, Map.of()))
                            .statusCode())
                    .isEqualTo(204);
        }

        assertThat(keyed(EventType.TICKET.topic(), "organiser-replay"))
                .hasSize(3)
                .extracting(ConsumerRecord::partition)
                .containsOnly(Partitioning.partitionOf("organiser-replay", TestBroker.PARTITIONS));
        assertThat(identities("organiser-replay")).hasSize(1);
    }

    @Test
    void shouldNotWaitForABodyThatDoesNotCome() throws Exception {
        String head =
                "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\n["
                        .formatted(token, BATCH);
        try (Socket slow = new Socket("127.0.0.1", door.baseUrl().getPort())) {
            slow.setSoTimeout(30_000);
            slow.getOutputStream().write(head.getBytes(UTF_8));
            String answer = new String(slow.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("body-too-slow");
        }
    }

    @Test
    void shouldNeverAnswer500WhateverItIsSent() throws Exception {
        Random random = new Random(20261121);
        List<String> types = List.of(STRUCTURED, BATCH, "application/json", "text/plain");
        for (int i = 0; i < 300; i++) {
            byte[] body = ("[" + ticket("g" + i, "garbage") + "]").getBytes(UTF_8);
            for (int hits = random.nextInt(6); hits >= 0; hits--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            HttpResponse<String> answer = door.post(body, headers(types.get(random.nextInt(4)), Map.of()));
            assertThat(answer.statusCode()).as(new String(body, UTF_8)).isIn(204, 400, 415);
        }
    }

    private Set<Identity> identities(String account) {
        EventDecoder decoder =
                new EventDecoder(new HttpSchemaRegistry(open.registry().url()), EventType.TICKET);
        AvroEvents events = new AvroEvents(EventType.TICKET);
        return keyed(EventType.TICKET.topic(), account).stream()
                .map(record -> Identity.of(events.event(decoder.decode(record.value()))))
                .collect(Collectors.toSet());
    }

    private Map<String, String> headers(String contentType, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Content-Type", contentType);
        headers.put("Authorization", "Bearer " + token);
        return headers;
    }

    private ConsumerRecord<byte[], byte[]> only(String topic, String account) {
        List<ConsumerRecord<byte[], byte[]>> records = keyed(topic, account);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private List<ConsumerRecord<byte[], byte[]>> keyed(String topic, String account) {
        return open.keyed(topic, account);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static String ticket(String id, String account) {
        return """
                {"specversion":"1.0","id":"%s","source":"tickets","type":"ticket.paid","subject":"%s",\
                "data":{"ticket_id":"t-%s","offering_id":"show-1","price":12.50,"currency":"EUR"}}""".formatted(id, account, id);
    }
}
