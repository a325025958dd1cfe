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
 * @param answerTimeout after which a request is answered 503 (or 408 if its body has not come), whatever became of it
 * @param maxRequests requests being stored at a time; more are answered 503 at once
 * @param maxBodyBytes of the bodies of those requests
 */
record CollectorConfig(
        KafkaConfig kafka,
        String registryUrl,
        Duration deliveryTimeout,
        Duration blockTimeout,
        Duration answerTimeout,
        int maxRequests,
        long maxBodyBytes) {
    private static final long MEBIBYTE = 1024 * 1024;

    static CollectorConfig from(Settings settings) {
        Duration delivery = settings.duration("ingest.delivery-timeout", Duration.ofSeconds(10));
        Duration block = settings.duration("ingest.block-timeout", Duration.ofSeconds(2));
        return new CollectorConfig(
                KafkaConfig.from(settings),
                settings.uri("registry.url").toString(),
                delivery,
                block,
                settings.duration("ingest.answer-timeout", delivery.plus(block)),
                settings.integer("ingest.max-requests", 512),
                settings.integer("ingest.max-body-mib", 64) * MEBIBYTE);
    }
}
