package countinghouse.billing.alert;

import countinghouse.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes alerts to {@code billing.alerts}; the key is the account. */
final class KafkaChannel implements AlertChannel {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final KafkaProducer<String, String> producer;

    KafkaChannel(String bootstrapServers) {
        int timeoutMs = Math.toIntExact(TIMEOUT.toMillis());
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        timeoutMs / 2,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        timeoutMs,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        timeoutMs),
                new StringSerializer(),
                new StringSerializer());
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void deliver(Alert alert) {
        try {
            producer.send(new ProducerRecord<>(Topics.BILLING_ALERTS, alert.account(), alert.payload()))
                    .get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new DeliveryException("Kafka has not confirmed: %s".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("Interrupted while writing to Kafka", e);
        }
    }

    @Override
    public void close() {
        producer.close(TIMEOUT);
    }
}
