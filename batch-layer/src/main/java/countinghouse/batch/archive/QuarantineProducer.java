package countinghouse.batch.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.http.Json;
import countinghouse.schemas.QuarantinedEvent;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.UndecodableException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the quarantine topic about records that cannot be decoded. Connects only if there is one. */
final class QuarantineProducer implements AutoCloseable {
    private static final String UNDECODABLE = "undecodable";

    private final String bootstrapServers;
    private final List<Future<?>> unacknowledged = new ArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;

    QuarantineProducer(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Bytes that are no text travel as Base64. */
    void send(ConsumerRecord<byte[], byte[]> record, UndecodableException reason) {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                            ProducerConfig.ACKS_CONFIG, "all",
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000",
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        String account = record.key() == null ? null : new String(record.key(), UTF_8);
        String payload = record.value() == null ? "" : Base64.getEncoder().encodeToString(record.value());
        QuarantinedEvent event = new QuarantinedEvent(
                UNDECODABLE, null, reason.getMessage(), record.timestamp(), null, account, payload);
        unacknowledged.add(producer.send(new ProducerRecord<>(
                Topics.QUARANTINE, record.key(), Json.text(event).getBytes(UTF_8))));
    }

    /** Waits until every record is stored. */
    void flush() {
        try {
            for (Future<?> send : unacknowledged) {
                send.get();
            }
            unacknowledged.clear();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot write to %s".formatted(Topics.QUARANTINE), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing to %s".formatted(Topics.QUARANTINE), e);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
