package countinghouse.serving.speedview;

import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How the speed layer's rows are read.
 *
 * @param redis a server or a cluster
 * @param timeout of one command
 * @param cachedRows rows kept in memory at most
 */
public record SpeedConfig(RedisAddress redis, Duration timeout, int cachedRows) {
    private static final long MAX_ROWS = 2_000_000;

    public static SpeedConfig from(Settings settings) {
        return new SpeedConfig(
                RedisAddress.from(settings),
                settings.duration("serving.redis-timeout", Duration.ofSeconds(2)),
                settings.integer("serving.cached-speed-rows", rowsThatFit()));
    }

    /** A sixth of the heap, at about 200 bytes a row: the more is remembered, the longer each collection of garbage takes. */
    private static int rowsThatFit() {
        return (int) Math.min(MAX_ROWS, Runtime.getRuntime().maxMemory() / 6 / 200);
    }
}
