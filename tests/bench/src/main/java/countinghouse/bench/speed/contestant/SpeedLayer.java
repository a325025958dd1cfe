package countinghouse.bench.speed.contestant;

import countinghouse.bench.speed.stage.CleanSlate;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.workload.Accounts;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.bench.speed.workload.Workload;
import countinghouse.local.component.RunningComponent;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Ours: the process that runs the speed layer and the projector in production, from the topic to the rows in Redis. */
public final class SpeedLayer implements Contestant {
    private static final String METER = "tickets_served";
    private static final String FOLDER = "ours";

    private final long commitIntervalMs;
    private final List<String> jvmOptions;

    public SpeedLayer(long commitIntervalMs) {
        this(commitIntervalMs, List.of());
    }

    public SpeedLayer(long commitIntervalMs, List<String> jvmOptions) {
        this.commitIntervalMs = commitIntervalMs;
        this.jvmOptions = jvmOptions;
    }

    @Override
    public String name() {
        return "ours-" + commitIntervalMs + "ms";
    }

    @Override
    public String description() {
        return "Countinghouse: speed layer and projector, exactly once, commit %d ms".formatted(commitIntervalMs);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("speed.commit-interval-ms", Long.toString(commitIntervalMs), "speed.threads", "1");
    }

    @Override
    public Attempt start(Stage stage, Expected expected, int sample) {
        Path folder = stage.folder(FOLDER);
        RunningComponent process = stage.speedLayer(
                Map.of(
                        "COUNTINGHOUSE_SPEED_COMMIT_INTERVAL_MS",
                        Long.toString(commitIntervalMs),
                        "COUNTINGHOUSE_SPEED_STATE_DIRECTORY",
                        folder.toString()),
                jvmOptions);
        process.start();
        return new Running(stage, process, folder);
    }

    @Override
    public long progress(Jedis redis) {
        String prefix = EventType.TICKET.topic() + "-";
        return redis.hgetAll(RedisKeys.progress(epoch(redis))).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> Long.parseLong(before(entry.getValue(), '|')))
                .sum();
    }

    @Override
    public long target(Expected expected) {
        return expected.deliveries();
    }

    @Override
    public Long2LongOpenHashMap answer(Jedis redis) {
        long epoch = epoch(redis);
        List<Response<Map<String, String>>> hashes = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (int account = 0; account < Workload.ACCOUNTS; account++) {
                hashes.add(pipeline.hgetAll(RedisKeys.rows(Accounts.name(account), METER, epoch)));
            }
        }
        Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
        for (int account = 0; account < Workload.ACCOUNTS; account++) {
            for (Map.Entry<String, String> row : hashes.get(account).get().entrySet()) {
                // Field: bucket|cell|partition|dimensions; value: n|value|fingerprint.
                String fromCell = row.getKey().substring(row.getKey().indexOf('|') + 1);
                long cellMs = Long.parseLong(before(fromCell, '|'));
                counts.addTo(Expected.key(account, cellMs), Long.parseLong(before(row.getValue(), '|')));
            }
        }
        return counts;
    }

    /** The epoch of the rows in use; before the projector says which, the first. */
    private static long epoch(Jedis redis) {
        String epoch = redis.get(RedisKeys.EPOCH);
        return epoch == null ? 1 : Long.parseLong(epoch);
    }

    private static String before(String text, char separator) {
        return text.substring(0, text.indexOf(separator));
    }

    private record Running(Stage stage, RunningComponent process, Path folder) implements Attempt {
        @Override
        public long pid() {
            return process.pid().orElse(-1);
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public Path log() {
            return process.component().command().log();
        }

        @Override
        public void stop() {
            process.close();
        }

        @Override
        public void close() {
            process.close();
            CleanSlate.ofSpeedLayer(stage.bootstrapServers());
            CleanSlate.ofFolder(folder);
        }
    }
}
