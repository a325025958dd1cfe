package countinghouse.billing.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.kit.http.Json;
import countinghouse.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Roots of the ledger on the topic {@code audit.roots}, which is kept for ever and which the owner of the database cannot rewrite. A root
 * that is published twice says the same twice, so an unknown outcome is mended by publishing again.
 */
public final class RootTopic {
    private static final Duration WAIT = Duration.ofSeconds(15);
    /** For somebody who looks at a page. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(4);

    private static final TopicPartition ONLY = new TopicPartition(Topics.AUDIT_ROOTS, 0);

    private final String bootstrapServers;
    private final Clock clock;

    public RootTopic(String bootstrapServers, Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
    }

    /**
     * Publishes a root; returns when the broker has it.
     *
     * @throws BillingException if it cannot be said that the broker has it
     */
    public void publish(LedgerHead head) {
        Map<String, Object> root = Map.of(
                "number",
                head.number(),
                "root",
                head.root(),
                "at",
                clock.instant().toString());
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "max.block.ms",
                Long.toString(WAIT.toMillis()),
                "request.timeout.ms",
                "5000",
                "delivery.timeout.ms",
                Long.toString(WAIT.toMillis()),
                "linger.ms",
                "0");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            ONLY.topic(),
                            ONLY.partition(),
                            null,
                            Json.text(root).getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("publish root %d to".formatted(head.number()), e);
        } catch (ExecutionException | KafkaException e) {
            throw unavailable("publish root %d to".formatted(head.number()), e);
        }
    }

    /** Every root that was ever published, in the order of publishing; a record that is none is left out. */
    public List<NotedRoot> published() {
        return read(Long.MAX_VALUE, WAIT);
    }

    /** The root that was published last; empty if there is none yet. */
    public Optional<NotedRoot> latest() {
        List<NotedRoot> roots = read(1, SHORT_WAIT);
        return roots.isEmpty() ? Optional.empty() : Optional.of(roots.get(roots.size() - 1));
    }

    /** @param records how many of the last ones, at most */
    private List<NotedRoot> read(long records, Duration wait) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                "false",
                "default.api.timeout.ms",
                Long.toString(wait.toMillis()));
        List<NotedRoot> roots = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(ONLY));
            long begin = consumer.beginningOffsets(List.of(ONLY)).get(ONLY);
            long end = consumer.endOffsets(List.of(ONLY)).get(ONLY);
            consumer.seek(ONLY, Math.max(begin, end - records));
            long deadline = System.nanoTime() + wait.toNanos();
            while (consumer.position(ONLY) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    add(roots, record.value());
                    deadline = System.nanoTime() + wait.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw unavailable("read", null);
                }
            }
        } catch (KafkaException e) {
            throw unavailable("read", e);
        }
        return roots;
    }

    private static void add(List<NotedRoot> roots, byte[] value) {
        try {
            JsonNode json = Json.mapper().readTree(new String(value, StandardCharsets.UTF_8));
            if (json.path("number").asLong() > 0 && json.path("root").isTextual()) {
                roots.add(new NotedRoot(
                        json.path("number").asLong(), json.path("root").asText()));
            }
        } catch (JsonProcessingException e) {
            // Whoever can write to the topic can add noise, but cannot remove a root.
        }
    }

    private static BillingException unavailable(String what, Exception cause) {
        BillingException failure = new BillingException(
                BillingError.UNAVAILABLE,
                "Cannot %s the topic '%s'%s; see that Kafka runs and has the topic, then try again"
                        .formatted(what, ONLY.topic(), cause == null ? "" : " (" + cause.getMessage() + ")"));
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
