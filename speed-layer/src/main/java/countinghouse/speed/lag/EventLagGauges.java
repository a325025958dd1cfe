package countinghouse.speed.lag;

import countinghouse.schemas.EventType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lag of the whole group, whichever process asks; known as of the last look. */
public final class EventLagGauges {
    private static final Logger LOG = LoggerFactory.getLogger(EventLagGauges.class);
    private static final double MS_PER_SECOND = 1e3;

    private final EventLag lag = new EventLag();
    private final Clock clock;

    public EventLagGauges(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        Gauge.builder("countinghouse.speed.lag", lag, known -> known.current().records())
                .description("Records of the event topics that no commit has counted yet")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "countinghouse.speed.lag.seconds",
                        lag,
                        known -> known.current().sinceMs() / MS_PER_SECOND)
                .description("Age of the oldest record that is not counted yet, less up to five seconds")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Looks at the topics and at what is committed; a failure leaves the last figures.
     *
     * @param applicationId of the Streams application that counts
     */
    public void look(Admin admin, String applicationId) {
        try {
            lag.look(ends(admin), committed(admin, applicationId), clock.millis());
        } catch (ExecutionException e) {
            LOG.warn("Cannot look how far the counting is behind now: {}", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws ExecutionException, InterruptedException {
        List<String> topics =
                Arrays.stream(EventType.values()).map(EventType::topic).toList();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(topics).allTopicNames().get().forEach((topic, description) -> description
                .partitions()
                .forEach(partition ->
                        latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String applicationId)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }
}
