package countinghouse.ingestion.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.ingestion.fuzz.OddRequests.Odd;
import countinghouse.ingestion.testing.OpenDoor;
import countinghouse.ingestion.testing.TestDoor;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.testing.broker.TestBroker;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent, the door answers, never with a 500; and what it says of each event is what the log holds. */
class DoorFuzzTest {
    private static final boolean FULL = Boolean.getBoolean("countinghouse.full");
    private static final int REQUESTS = Integer.getInteger("countinghouse.fuzz.requests", FULL ? 1_000_000 : 4_000);
    /** An answer waits for Kafka: only with many requests under way is anything but waiting done. */
    private static final int SENDERS = 64;

    private static final long SEED = Long.getLong("countinghouse.fuzz.seed", 20261126);

    private final AtomicLongArray statuses = new AtomicLongArray(600);
    private final LongAdder stored = new LongAdder();
    private final LongAdder quarantined = new LongAdder();

    @Test
    void shouldAnswerEverythingAndLoseNothing(@TempDir Path folder) throws Exception {
        try (OpenDoor open = OpenDoor.start(folder)) {
            TestBroker broker = open.broker();
            TestDoor door = open.door();
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            List<Future<?>> running = new ArrayList<>();
            RenewedToken token = new RenewedToken(door);
            for (int sender = 0; sender < SENDERS; sender++) {
                int first = sender;
                running.add(senders.submit(() -> send(door.baseUrl(), token, first)));
            }
            for (Future<?> sender : running) {
                sender.get();
            }
            senders.shutdown();

            long ads = metric(door, "ingest_ads_exploded_total");
            assertThat(records(broker, eventTopics()))
                    .as("stored, and the ads exploded from them")
                    .isEqualTo(stored.sum() + ads);
            assertThat(records(broker, List.of(Topics.QUARANTINE))).isEqualTo(quarantined.sum());
            assertThat(List.of(statuses.get(204), statuses.get(400), statuses.get(413), statuses.get(415)))
                    .as("stored, refused, too large, of another type: all were tried")
                    .allMatch(answers -> answers > 0);
            System.out.printf(
                    "%,d requests: %,d events stored, %,d quarantined, %,d ads; 204 %,d, 400 %,d, 413 %,d, 415 %,d%n",
                    REQUESTS,
                    stored.sum(),
                    quarantined.sum(),
                    ads,
                    statuses.get(204),
                    statuses.get(400),
                    statuses.get(413),
                    statuses.get(415));
        }
    }

    /** Sends every {@value #SENDERS}th request, from the first on. */
    private Void send(URI door, RenewedToken token, int first) throws Exception {
        long seed = SEED + first;
        OddRequests requests = new OddRequests(seed);
        ObjectMapper json = new ObjectMapper();
        try (RawConnection connection = new RawConnection(door)) {
            for (int i = first; i < REQUESTS; i += SENDERS) {
                Odd odd = requests.next();
                Map<String, String> headers = new HashMap<>(odd.headers());
                headers.put("Authorization", "Bearer " + token.text());
                RawConnection.Answer answer = connection.post(headers, odd.body());
                assertThat(answer.status())
                        .as("request %d of seed %d: %s", i, seed, answer.body())
                        .isIn(204, 400, 413, 415, 431);
                statuses.incrementAndGet(answer.status());
                if (answer.status() == 204) {
                    stored.add(eventsIn(json, odd));
                } else if (answer.status() == 400) {
                    JsonNode problem = json.readTree(answer.body());
                    stored.add(problem.path("stored").asLong());
                    quarantined.add(problem.path("quarantined").asLong());
                }
            }
        }
        return null;
    }

    /** How many events an accepted request had, by another reading of it. */
    private static long eventsIn(ObjectMapper json, Odd odd) throws Exception {
        boolean binary = odd.headers().containsKey("ce-specversion")
                && !odd.headers().get("Content-Type").startsWith("application/cloudevents");
        JsonNode body = binary ? null : json.readTree(odd.body());
        return body != null && body.isArray() ? body.size() : 1;
    }

    private static List<String> eventTopics() {
        return IntStream.range(0, EventType.values().length)
                .mapToObj(i -> EventType.values()[i].topic())
                .toList();
    }

    private static long records(TestBroker broker, List<String> topics) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < TestBroker.PARTITIONS; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        try (Admin admin = broker.admin()) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static long metric(TestDoor door, String name) throws Exception {
        return door.get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
