package countinghouse.speed.process;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Streams configuration that the counting's exactness rests on (ADR 0020, ADR 0021). */
final class StreamsProperties {
    /** Only the tick store is cached, one entry a task; 0 would switch the flush before commits off. */
    private static final int CACHE_BYTES = 1 << 20;

    private static final int MAX_RECORDS_PER_POLL = 2000;

    private StreamsProperties() {}

    static Properties of(String bootstrapServers, String applicationId, SpeedConfig config) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitIntervalMs());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        // Counting needs order within a partition only. Any other value makes Streams ask, for every record of a task
        // with an idle partition,
        // whether to wait for that one, and word the answer: a third of the cost of an event.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // The newer "streams" protocol forbids static membership, without which a crash costs a session time-out.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(consumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        properties.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                config.sessionTimeout().toMillis());
        properties.put(
                consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) config.sessionTimeout().toMillis() / 4);
        properties.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(consumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), MAX_RECORDS_PER_POLL);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                config.transactionTimeout().toMillis());
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        // Our metrics are Micrometer's. The default reporter registers thousands of JMX beans at every start.
        properties.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        return properties;
    }

    private static String consumer(String key) {
        return StreamsConfig.mainConsumerPrefix(key);
    }
}
