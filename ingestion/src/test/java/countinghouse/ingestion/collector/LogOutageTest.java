package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.ingestion.testing.TestDoor;
import countinghouse.ingestion.testing.TestLog;
import countinghouse.kit.access.AccessRole;
import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.metering.identity.Identity;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.testing.broker.TestBrokerProcess;
import countinghouse.testing.registry.TestRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that is really stopped and really killed while producers send. What was answered 204 is in the log, everything else is told to come
 * again, and coming again with the same ids counts once: the failure of openmeter#5118, where a key claimed before a failed write lost the event.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogOutageTest {
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final int PRODUCERS = 6;
    private static final int EVENTS_IN_A_BATCH = 4;

    private TestBrokerProcess broker;
    private TestRegistry registry;
    private TestDoor door;
    private String token;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = TestBrokerProcess.start(folder);
        registry = TestRegistry.start();
        door = TestDoor.start(
                broker.bootstrapServers(),
                registry.url(),
                Map.of(
                        "kafka.partitions", Integer.toString(TestBrokerProcess.PARTITIONS),
                        "ingest.delivery-timeout", "PT1.5S",
                        "ingest.block-timeout", "PT0.5S"));
        token = door.token(AccessRole.PRODUCER);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable started : new AutoCloseable[] {door, registry, broker}) {
            if (started != null) {
                started.close();
            }
        }
    }

    @Test
    void shouldAnswerInBoundedTimeAndCountEveryEventOnceThroughAStopAndAKill() throws Exception {
        Load load = new Load();
        load.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load.stored.size() > 100);

        broker.suspend();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> load.unavailable.get() > 3 * PRODUCERS);
        assertThat(door.get("/health/ready")).contains("Kafka does not acknowledge");
        broker.resume();
        load.awaitMore(100);

        int refusedBeforeKill = load.unavailable.get();
        broker.kill();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> load.unavailable.get() > refusedBeforeKill + 3 * PRODUCERS);
        broker.run();
        load.awaitMore(100);
        load.finish();

        assertThat(load.unexpected).isEmpty();
        assertThat(load.withoutRetryAfter).hasValue(0);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(load.slowestNanos.get()))
                .as("the answer timeout is 2 s; the rest is for a busy machine")
                .isLessThan(12);
        Map<Identity, Set<Integer>> partitions = partitionsByIdentity();
        assertThat(load.stored).as("answered 204, and in the log").allSatisfy(id -> assertThat(partitions)
                .containsKey(identity(id)));
        assertThat(partitions.values())
                .as("every copy of an event lies where its first copy is seen")
                .allMatch(places -> places.size() == 1);
        assertThat(partitions).as("nothing but what was sent").hasSameSizeAs(load.sent);
    }

    private final class Load {
        private final Set<String> sent = ConcurrentHashMap.newKeySet();
        private final Set<String> stored = ConcurrentHashMap.newKeySet();
        private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
        private final AtomicInteger unavailable = new AtomicInteger();
        private final AtomicInteger withoutRetryAfter = new AtomicInteger();
        private final AtomicLong slowestNanos = new AtomicLong();
        private final ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS);
        private CompletableFuture<?> ended;
        private volatile boolean finishing;

        void start() {
            ended = CompletableFuture.allOf(IntStream.range(0, PRODUCERS)
                    .mapToObj(producer -> CompletableFuture.runAsync(() -> produce(producer), producers))
                    .toArray(CompletableFuture[]::new));
        }

        void awaitMore(int events) {
            int before = stored.size();
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> stored.size() > before + events);
        }

        /** Every producer ends with a batch that was answered 204, so that what was sent is what is stored. */
        void finish() throws Exception {
            finishing = true;
            ended.get(90, TimeUnit.SECONDS);
            producers.shutdown();
        }

        private void produce(int producer) {
            for (int batch = 0; !finishing; batch++) {
                List<String> ids = ids(producer, batch);
                sent.addAll(ids);
                int status = post(ids);
                while (status == 503) {
                    status = post(ids);
                }
                if (status == 204) {
                    stored.addAll(ids);
                } else {
                    unexpected.add(status + " for " + ids);
                }
            }
        }

        private int post(List<String> ids) {
            try {
                long start = System.nanoTime();
                String body = "["
                        + String.join(
                                ",", ids.stream().map(LogOutageTest::ticket).toList()) + "]";
                HttpResponse<String> answer = door.post(
                        body.getBytes(UTF_8), Map.of("Content-Type", BATCH, "Authorization", "Bearer " + token));
                slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                if (answer.statusCode() == 503) {
                    unavailable.incrementAndGet();
                    withoutRetryAfter.addAndGet(
                            answer.headers().firstValue("Retry-After").isPresent() ? 0 : 1);
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                return answer.statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<String> ids(int producer, int batch) {
        return IntStream.range(0, EVENTS_IN_A_BATCH)
                .mapToObj(event -> "%d-%d-%d".formatted(producer, batch, event))
                .toList();
    }

    private static String account(String id) {
        return "organiser-" + id.charAt(id.length() - 1);
    }

    private static Identity identity(String id) {
        return Identity.of(EventType.TICKET.topic(), account(id), "outage", id);
    }

    private static String ticket(String id) {
        return """
                {"specversion":"1.0","id":"%s","source":"outage","type":"ticket.paid","subject":"%s",\
                "data":{"ticket_id":"t","offering_id":"o"}}""".formatted(id, account(id));
    }

    private Map<Identity, Set<Integer>> partitionsByIdentity() {
        EventDecoder decoder = new EventDecoder(new HttpSchemaRegistry(registry.url()), EventType.TICKET);
        AvroEvents events = new AvroEvents(EventType.TICKET);
        Map<Identity, Set<Integer>> partitions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TestLog.read(broker.bootstrapServers(), EventType.TICKET.topic())) {
            Event event = events.event(decoder.decode(record.value()));
            partitions
                    .computeIfAbsent(Identity.of(event), missing -> new TreeSet<>())
                    .add(record.partition());
        }
        return partitions;
    }
}
