package countinghouse.speed.process;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the speed layer's Streams application runs.
 *
 * @param commitIntervalMs between two commits, each of which writes the changed rows once
 * @param threads Streams threads in this process
 * @param instanceId static membership id, unique among the processes of this role and the same after a restart
 * @param stateDirectory where Streams keeps its lock files; a directory of this process alone
 * @param sessionTimeout after which a process that went silent loses its partitions
 * @param transactionTimeout after which the broker aborts the transaction of a dead process; above the broker's own session time-out
 *     and restart
 */
public record SpeedConfig(
        int commitIntervalMs,
        int threads,
        String instanceId,
        Path stateDirectory,
        Duration sessionTimeout,
        Duration transactionTimeout) {
    public static SpeedConfig from(Settings settings) {
        SpeedConfig config = new SpeedConfig(
                settings.integer("speed.commit-interval-ms", 1000),
                settings.integer("speed.threads", 1),
                settings.text("speed.instance-id", "speed-1"),
                settings.find("speed.state-directory").map(Path::of).orElseGet(SpeedConfig::ownTemporaryDirectory),
                settings.duration("speed.session-timeout", Duration.ofSeconds(20)),
                settings.duration("speed.transaction-timeout", Duration.ofSeconds(30)));
        positive("speed.commit-interval-ms", config.commitIntervalMs);
        positive("speed.threads", config.threads);
        return config;
    }

    /** Nothing of value lies there, but two processes must not share it. */
    private static Path ownTemporaryDirectory() {
        String name = "countinghouse-speed-" + ProcessHandle.current().pid();
        return Path.of(System.getProperty("java.io.tmpdir"), name);
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new ConfigurationException("The setting '%s' is '%d'; it must be above 0".formatted(key, value));
        }
    }
}
