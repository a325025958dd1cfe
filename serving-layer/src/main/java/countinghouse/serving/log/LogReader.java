package countinghouse.serving.log;

import countinghouse.kit.config.Settings;
import countinghouse.kit.remote.RemoteBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the event log for people who look at it. Connects when it is first asked, commits nothing, and belongs to no group. */
public final class LogReader implements AutoCloseable {
    private static final String TIMEOUT_MS = "5000";
    /** What a poll may hold: events are small, and only the first ones are looked at. */
    private static final String FETCH_BYTES = Integer.toString(256 * 1024);

    private final Optional<String> bootstrapServers;
    private final RemoteBreaker breaker;
    private Consumer<byte[], byte[]> consumer;

    public LogReader(Settings settings) {
        bootstrapServers = settings.find("kafka.bootstrap-servers");
        // Its state is no metric of the process: when nobody looks any more it stays what it was, and would alert for
        // ever.
        breaker = new RemoteBreaker(
                "log",
                new SimpleMeterRegistry(),
                LogUnavailableException.class,
                open -> new LogUnavailableException(
                        "Kafka failed five times in a row; it is tried again in a second", open));
    }

    /**
     * Reads with a consumer that nobody else uses meanwhile.
     *
     * @throws LogUnavailableException if Kafka does not answer, or if this process does not know where it is
     */
    synchronized <T> T read(Function<Consumer<byte[], byte[]>, T> work) {
        return breaker.call(() -> {
            try {
                return work.apply(consumer());
            } catch (KafkaException e) {
                close();
                throw new LogUnavailableException("Kafka does not answer: " + e.getMessage(), e);
            }
        });
    }

    private Consumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            String servers = bootstrapServers.orElseThrow(() ->
                    new LogUnavailableException("This process knows no Kafka; set 'kafka.bootstrap-servers'", null));
            consumer = new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS,
                            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS,
                            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES,
                            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }
        return consumer;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
