package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.local.demo.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The drill of {@code docs/runbooks/kafka-lost.md}: a platform that has billed loses Kafka with its disks. */
@EnabledIfSystemProperty(
        named = "countinghouse.full",
        matches = "true",
        disabledReason = "two platforms, one after the other, take minutes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaLostTest {
    @TempDir
    private static Path folder;

    private Countinghouse old;
    private Countinghouse fresh;
    private InvoiceProof invoice;
    private JsonNode generations;
    private long published;

    @BeforeAll
    void billADay() {
        old = new Countinghouse(folder.resolve("old"));
        fresh = new Countinghouse(folder.resolve("fresh"));
        succeed(old, "demo", "--events", "1000", "--seed", "20261121", "--keep");
        succeed(old, "audit", "root", "--publish");
        invoice = InvoiceProof.ofAnInvoice(old);
        generations = old.run("generations", "--json").json();
        assertThat(generations).hasSize(1);
        published = views(old).at("/batch").asLong();
        assertThat(published).isPositive();
    }

    @AfterAll
    void stop() {
        old.run("down");
        fresh.run("down");
    }

    @Test
    @Order(1)
    void shouldReadBillsAndBackUpWhileKafkaDoesNotAnswer() throws Exception {
        long kafka = pidOfKafka();
        signal("-STOP", kafka);
        try {
            assertStandsWithoutTheLog();
            succeed(
                    old,
                    "maintenance",
                    "backup",
                    "--to",
                    folder.resolve("backups").toString());
            assertThat(old.run("audit", "verify", "--published").status())
                    .as("the published roots are in Kafka")
                    .isEqualTo(75);
        } finally {
            signal("-CONT", kafka);
        }
    }

    @Test
    @Order(2)
    void shouldReadBillsWhenTheDiskOfKafkaIsGone() throws IOException {
        succeed(old, "down");
        RestoreDrill.delete(old.state().resolve("kafka"));
        succeed(old, "up");

        assertStandsWithoutTheLog();
    }

    @Test
    @Order(3)
    void shouldCountOnceOnASecondPlatformWhatProducersSendAgain() throws IOException {
        succeed(old, "down");
        succeed(fresh, "up");
        send();
        send();
        succeed(fresh, "batch", "run");

        succeed(fresh, "batch", "prove");
        assertThat(views(fresh).at("/data/0/value").asLong())
                .isEqualTo(trueViews())
                .isPositive();
        succeed(fresh, "audit", "verify");
    }

    @Test
    @Order(4)
    void shouldStillVerifyInvoicesOnTheOldPlatform() {
        succeed(fresh, "down");
        succeed(old, "up");
        assertStandsWithoutTheLog();
    }

    private void assertStandsWithoutTheLog() {
        invoice.assertStillHolds();
        assertThat(old.run("generations", "--json").json()).isEqualTo(generations);
        succeed(old, "audit", "verify");
        assertThat(views(old).at("/batch").asLong()).isEqualTo(published);
    }

    private static JsonNode views(Countinghouse platform) {
        JsonNode status = platform.run("status", "--json").json();
        String token = platform.run("token", "--role", "analyst").output().trim();
        return new ApiClient(URI.create(status.get("api").asText()), token).get("/api/v1/meters/views/query");
    }

    /** The same events each time, as a producer that keeps them sends them. */
    private void send() {
        succeed(fresh, "send", "--source", "video", "--count", "500", "--seed", "7", "--truth", truth().toString());
    }

    private long trueViews() throws IOException {
        long views = 0;
        for (String line : Files.readAllLines(truth())) {
            JsonNode row = Json.mapper().readTree(line);
            if (row.path("meter").asText().equals("views")) {
                views += row.get("value").asLong();
            }
        }
        return views;
    }

    private static Path truth() {
        return folder.resolve("truth.jsonl");
    }

    private long pidOfKafka() {
        for (JsonNode component : old.run("status", "--json").json().get("components")) {
            if (component.get("name").asText().equals("kafka")) {
                return component.get("pid").asLong();
            }
        }
        throw new AssertionError("The platform has no Kafka");
    }

    private static void signal(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void succeed(Countinghouse platform, String... arguments) {
        Countinghouse.Ended ended = platform.run(arguments);
        assertThat(ended.status()).as(ended.toString()).isZero();
    }
}
