package countinghouse.speed.lag;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.schemas.EventType;
import countinghouse.testing.broker.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gauges say of records and commits that a real broker has; how long they wait is EventLagTest's. */
class EventLagGaugesTest {
    private static final String GROUP = "counting";
    private static final TopicPartition VIEWS = new TopicPartition(EventType.VIEW.topic(), 0);

    private static final Map<String, Object> NOBODY =
            Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 500, "request.timeout.ms", 400);

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhatIsCommittedBelowTheEndsOfTheEventTopicsAndKeepItWhileNobodyAnswers() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        EventLagGauges gauges = new EventLagGauges(registry, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        try (TestBroker broker = TestBroker.start(directory);
                Admin admin = broker.admin();
                Admin lost = Admin.create(NOBODY)) {
            sendViews(broker, 3);
            gauges.look(admin, GROUP);
            assertThat(records(registry)).as("nothing is committed yet").isEqualTo(3);
            commit(admin, 2);
            gauges.look(admin, GROUP);
            assertThat(records(registry)).isEqualTo(1);
            commit(admin, 3);
            gauges.look(lost, GROUP);
            assertThat(records(registry)).isEqualTo(1);
            gauges.look(admin, GROUP);
            assertThat(records(registry)).isZero();
        }
    }

    private static double records(MeterRegistry registry) {
        return registry.get("countinghouse.speed.lag").gauge().value();
    }

    private static void sendViews(TestBroker broker, int count) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(VIEWS.topic(), VIEWS.partition(), "account", "view"))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void commit(Admin admin, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(GROUP, Map.of(VIEWS, new OffsetAndMetadata(offset)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }
}
