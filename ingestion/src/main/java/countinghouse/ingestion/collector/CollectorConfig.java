package countinghouse.ingestion.collector;

import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How the collector works.
 *
 * @param kafka where the log is
 * @param registryUrl Confluent API of the schema registry
 * @param deliveryTimeout how long Kafka may take to acknowledge; then the answer is 503
 * @param blockTimeout how long a request may wait for room in the buffer or for metadata; then the answer is 503
 * @param maxRequests requests being stored at a time; more are answered 503 at once
 */
record CollectorConfig(
        KafkaConfig kafka, String registryUrl, Duration deliveryTimeout, Duration blockTimeout, int maxRequests) {
    static CollectorConfig from(Settings settings) {
        return new CollectorConfig(
                KafkaConfig.from(settings),
                settings.uri("registry.url").toString(),
                settings.duration("ingest.delivery-timeout", Duration.ofSeconds(10)),
                settings.duration("ingest.block-timeout", Duration.ofSeconds(2)),
                settings.integer("ingest.max-requests", 64));
    }
}
