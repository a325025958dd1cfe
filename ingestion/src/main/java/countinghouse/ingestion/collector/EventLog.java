package countinghouse.ingestion.collector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka log behind the door. Records are appended together: all are acknowledged by every in-sync replica, or the outcome is unknown. */
final class EventLog implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024 * 1024;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int MAX_REQUEST_BYTES = 1024 * 1024;
    private static final int LINGER_MS = 5;
    /** More would let a later batch be stored before an earlier one that must be retried, and then neither can go on (ADR 0123). */
    private static final int REQUESTS_IN_FLIGHT = 1;
    /** A failure older than this says nothing about now. */
    private static final long FAILURE_MEMORY_NANOS = 30_000_000_000L;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Failure> lastFailure = new AtomicReference<>();

    private record Failure(String message, long atNanos) {}

    EventLog(CollectorConfig config) {
        producer = new KafkaProducer<>(properties(config));
    }

    private static Properties properties(CollectorConfig config) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "countinghouse-collector");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, REQUESTS_IN_FLIGHT);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.blockTimeout().toMillis());
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(config.deliveryTimeout().toMillis()));
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(config.deliveryTimeout().toMillis() / 2));
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    /**
     * Appends the records. The future fails with {@link LogUnavailableException} if any of them is not known to be stored; some may
     * be stored all the same, and sending all of them again is safe. May block for the block timeout, once.
     */
    CompletableFuture<Void> append(List<ProducerRecord<byte[], byte[]>> records) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        // One more than the records, so that an early acknowledgement cannot complete the future while we still send.
        AtomicInteger outstanding = new AtomicInteger(records.size() + 1);
        Callback callback = (metadata, failure) -> {
            if (failure == null) {
                acknowledge(stored, outstanding);
            } else {
                fail(stored, failure);
            }
        };
        for (ProducerRecord<byte[], byte[]> record : records) {
            if (stored.isCompletedExceptionally()) {
                return stored;
            }
            send(record, stored, callback);
        }
        acknowledge(stored, outstanding);
        return stored;
    }

    /** What is wrong with the log, as far as the last appends tell; empty if nothing is known to be. */
    Optional<String> trouble() {
        Failure failure = lastFailure.get();
        return failure == null || System.nanoTime() - failure.atNanos > FAILURE_MEMORY_NANOS
                ? Optional.empty()
                : Optional.of(failure.message);
    }

    /** Whether nothing was acknowledged since an append failed. */
    boolean isInTrouble() {
        return lastFailure.get() != null;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> stored, Callback callback) {
        try {
            var unused = producer.send(record, callback);
        } catch (KafkaException | IllegalStateException e) {
            fail(stored, e);
        }
    }

    private void acknowledge(CompletableFuture<Void> stored, AtomicInteger outstanding) {
        if (outstanding.decrementAndGet() == 0) {
            lastFailure.set(null);
            stored.complete(null);
        }
    }

    private void fail(CompletableFuture<Void> stored, Exception failure) {
        lastFailure.set(new Failure("Kafka does not acknowledge: " + failure.getMessage(), System.nanoTime()));
        stored.completeExceptionally(new LogUnavailableException(failure));
    }
}
