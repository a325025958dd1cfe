package countinghouse.speed.projector;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How the projector runs.
 *
 * @param bootstrapServers of Kafka
 * @param redis a server or a cluster
 * @param sweepInterval between two comparisons of Redis with the counts topic
 * @param sweepRest between two looks of a comparison at Redis, which keeps it slow
 */
public record ProjectorConfig(String bootstrapServers, RedisAddress redis, Duration sweepInterval, Duration sweepRest) {
    public static ProjectorConfig from(Settings settings) {
        ProjectorConfig config = new ProjectorConfig(
                KafkaConfig.from(settings).bootstrapServers(),
                RedisAddress.from(settings),
                settings.duration("projector.sweep-interval", Duration.ofHours(1)),
                settings.duration("projector.sweep-rest", Duration.ofMillis(50)));
        positive("projector.sweep-interval", config.sweepInterval);
        positive("projector.sweep-rest", config.sweepRest);
        return config;
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() <= 0) {
            throw new ConfigurationException(
                    "The setting '%s' is '%s'; it must be at least PT0.001S".formatted(key, value));
        }
    }
}
