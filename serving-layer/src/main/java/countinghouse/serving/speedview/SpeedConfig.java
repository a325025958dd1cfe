package countinghouse.serving.speedview;

import countinghouse.kit.config.Settings;
import java.net.URI;
import java.time.Duration;

/**
 * How the speed layer's rows are read.
 *
 * @param redis {@code redis://host:port}
 * @param timeout of one command
 * @param cachedRows rows kept in memory at most
 */
public record SpeedConfig(URI redis, Duration timeout, int cachedRows) {
    public static SpeedConfig from(Settings settings) {
        return new SpeedConfig(
                settings.uri("redis.url"),
                settings.duration("serving.redis-timeout", Duration.ofSeconds(2)),
                settings.integer("serving.cached-speed-rows", 2_000_000));
    }
}
