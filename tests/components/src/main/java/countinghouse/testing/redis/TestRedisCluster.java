package countinghouse.testing.redis;

import static org.awaitility.Awaitility.await;

import countinghouse.testing.port.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** Three real masters that share the slots. */
public final class TestRedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<TestRedis> masters = new ArrayList<>();

    public static TestRedisCluster start(Path directory) throws IOException {
        TestRedisCluster cluster = new TestRedisCluster();
        for (int number = 0; number < MASTERS; number++) {
            cluster.masters.add(TestRedis.start(
                    FreePort.nextWithClusterBus(),
                    List.of(
                            "cluster-enabled yes",
                            "cluster-config-file " + directory.resolve("nodes-" + number + ".conf"),
                            "cluster-node-timeout 15000")));
        }
        cluster.form();
        return cluster;
    }

    private void form() {
        for (int number = 0; number < MASTERS; number++) {
            try (Jedis node = masters.get(number).connect()) {
                node.clusterAddSlots(IntStream.range(SLOTS * number / MASTERS, SLOTS * (number + 1) / MASTERS)
                        .toArray());
                node.clusterMeet("127.0.0.1", masters.get(0).port());
            }
        }
        awaitFormed();
    }

    private void awaitFormed() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> masters.stream().allMatch(master -> {
            try (Jedis node = master.connect()) {
                return node.clusterInfo().contains("cluster_state:ok")
                        && node.clusterInfo().contains("cluster_size:" + MASTERS);
            }
        }));
    }

    public List<TestRedis> masters() {
        return masters;
    }

    /** Loses one master's data. */
    public void restart(int number) throws IOException {
        masters.get(number).stop();
        masters.get(number).run();
        awaitFormed();
    }

    public URI url() {
        return URI.create(masters.stream()
                .map(master -> "127.0.0.1:" + master.port())
                .collect(Collectors.joining(",", "redis-cluster://", "")));
    }

    @Override
    public void close() throws IOException {
        for (TestRedis master : masters) {
            master.close();
        }
    }
}
