package countinghouse.batch.reconcile;

import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How the layers are compared.
 *
 * @param redisUrl of the speed layer's rows
 * @param partitions of every event topic
 * @param timeout how long to wait for the speed layer to catch up
 */
public record ReconcileConfig(String redisUrl, int partitions, Duration timeout) {
    public static ReconcileConfig from(Settings settings) {
        return new ReconcileConfig(
                settings.text("redis.url"),
                KafkaConfig.from(settings).partitions(),
                settings.duration("reconcile.timeout", Duration.ofMinutes(5)));
    }
}
