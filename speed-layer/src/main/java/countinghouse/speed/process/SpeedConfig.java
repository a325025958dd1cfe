package countinghouse.speed.process;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.speed.dedup.DedupMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the speed layer's Streams application runs.
 *
 * @param commitIntervalMs between two commits, each of which writes the changed rows once
 * @param threads Streams threads in this process
 * @param instanceId static membership id, unique among the processes of this role and the same after a restart
 * @param stateDirectory where Streams keeps its lock files; a directory of this process alone
 * @param dedupMemoryBudgetBytes what the identities of duplicates may take on the heap; beyond it they go to disk
 * @param standbyReplicas other processes that keep a warm copy of each partition's state; needs as many processes more
 * @param sessionTimeout after which a process that went silent loses its partitions
 * @param transactionTimeout after which the broker aborts the transaction of a dead process; above the broker's own session time-out
 *     and restart
 */
public record SpeedConfig(
        int commitIntervalMs,
        int threads,
        String instanceId,
        Path stateDirectory,
        long dedupMemoryBudgetBytes,
        int standbyReplicas,
        Duration sessionTimeout,
        Duration transactionTimeout) {
    private static final Pattern MEBIBYTES = Pattern.compile("([1-9][0-9]{0,6})MiB");

    public static SpeedConfig from(Settings settings) {
        SpeedConfig config = new SpeedConfig(
                settings.integer("speed.commit-interval-ms", 1000),
                settings.integer("speed.threads", 1),
                settings.text("speed.instance-id", "speed-1"),
                settings.find("speed.state-directory").map(Path::of).orElseGet(SpeedConfig::ownTemporaryDirectory),
                settings.find("dedup.memory-budget")
                        .map(text -> bytes("dedup.memory-budget", text))
                        .orElse(Runtime.getRuntime().maxMemory() / 4),
                settings.integer("speed.standby-replicas", 0),
                settings.duration("speed.session-timeout", Duration.ofSeconds(10)),
                settings.duration("speed.transaction-timeout", Duration.ofSeconds(30)));
        positive("speed.commit-interval-ms", config.commitIntervalMs);
        positive("speed.threads", config.threads);
        if (config.standbyReplicas < 0) {
            throw new ConfigurationException("The setting 'speed.standby-replicas' is '%d'; it must not be below 0"
                    .formatted(config.standbyReplicas));
        }
        return config;
    }

    /** Nothing of value lies there, but two processes must not share it. */
    private static Path ownTemporaryDirectory() {
        String name = "countinghouse-speed-" + ProcessHandle.current().pid();
        return Path.of(System.getProperty("java.io.tmpdir"), name);
    }

    /** The budget, shared by all tasks of a process. */
    DedupMemory dedupMemory() {
        return new DedupMemory(dedupMemoryBudgetBytes, stateDirectory.resolve("dedup"));
    }

    private static long bytes(String key, String text) {
        Matcher matcher = MEBIBYTES.matcher(text);
        if (!matcher.matches()) {
            throw new ConfigurationException(
                    "The setting '%s' is '%s'; it must be a number of mebibytes, such as '256MiB'"
                            .formatted(key, text));
        }
        return Long.parseLong(matcher.group(1)) << 20;
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new ConfigurationException("The setting '%s' is '%d'; it must be above 0".formatted(key, value));
        }
    }
}
