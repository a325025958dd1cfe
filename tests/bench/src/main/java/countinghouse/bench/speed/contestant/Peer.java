package countinghouse.bench.speed.contestant;

import countinghouse.bench.speed.peer.PeerKeys;
import countinghouse.bench.speed.peer.PeerOptions;
import countinghouse.bench.speed.stage.CleanSlate;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.workload.Accounts;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.bench.speed.workload.Workload;
import countinghouse.local.child.ChildProcess;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * A peer: a main class of its own in a child JVM.
 *
 * @param classPath the process of the distribution whose jars it runs with
 * @param variant passed on to the peer
 * @param most of how many deliveries it is given the beginning
 */
public record Peer(
        String name,
        String description,
        String classPath,
        String mainClass,
        String variant,
        List<String> jvmOptions,
        Map<String, String> settings,
        int most)
        implements Contestant {
    /** How often a peer's counts become visible: what ours does with its longer commit interval. */
    public static final long FLUSH_INTERVAL_MS = 1000;

    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    @Override
    public Attempt start(Stage stage, Expected expected, int sample) {
        String application = "bench-%s-%d".formatted(name, sample);
        Path folder = stage.folder(application);
        PeerOptions options = new PeerOptions(
                stage.bootstrapServers(),
                stage.registryUrl().toString(),
                stage.redisUrl(),
                application,
                FLUSH_INTERVAL_MS,
                folder,
                expected.ends(),
                variant);
        List<String> mainAndArguments = Stream.concat(Stream.of(mainClass), options.arguments().stream())
                .toList();
        ChildProcess process =
                ChildProcess.start(application, stage.peer(name, classPath, jvmOptions, mainAndArguments));
        return new Running(stage, process, folder);
    }

    @Override
    public long progress(Jedis redis) {
        return redis.hvals(PeerKeys.PROGRESS).stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Override
    public long target(Expected expected) {
        return expected.events();
    }

    @Override
    public Long2LongOpenHashMap answer(Jedis redis) {
        List<Response<Map<String, String>>> hashes = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (int account = 0; account < Workload.ACCOUNTS; account++) {
                hashes.add(pipeline.hgetAll(PeerKeys.rows(Accounts.name(account))));
            }
        }
        Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
        for (int account = 0; account < Workload.ACCOUNTS; account++) {
            for (Map.Entry<String, String> row : hashes.get(account).get().entrySet()) {
                counts.addTo(Expected.key(account, Long.parseLong(row.getKey())), Long.parseLong(row.getValue()));
            }
        }
        return counts;
    }

    private record Running(Stage stage, ChildProcess process, Path folder) implements Attempt {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public Path log() {
            return process.log();
        }

        @Override
        public void stop() {
            process.stop(STOP_GRACE);
        }

        @Override
        public void close() {
            stop();
            CleanSlate.ofStreamsApplication(stage.bootstrapServers(), process.name());
            CleanSlate.ofFolder(folder);
        }
    }
}
