package countinghouse.speed.projector;

import countinghouse.kit.config.RedisAddress;
import countinghouse.schemas.RedisKeys;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;
import redis.clients.jedis.util.Pool;

/**
 * The Redis that holds the rows, a single server or a cluster. Clients mend their connections silently, so what tells that data may be
 * lost is not an error but another {@link #identity}: the run id of every master changes with its process, its replication id with a
 * promotion, and its mark is gone after a flush.
 */
final class RedisNodes implements AutoCloseable {
    private static final String MASTER = "master";
    private static final String NO_MARK = "-";
    private static final int MAX_MARK_KEYS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final UnifiedJedis client;
    private final Supplier<Collection<? extends Pool<Connection>>> pools;
    /** Which mark lies on which node, by run id: a key's slot decides, so it is found by trying. */
    private final Map<String, String> markKeys = new HashMap<>();

    private RedisNodes(UnifiedJedis client, Supplier<Collection<? extends Pool<Connection>>> pools) {
        this.client = client;
        this.pools = pools;
    }

    /**
     * Connects to the server or the cluster at an address.
     *
     * @throws JedisException as every method does, if Redis does not answer or refuses
     */
    static RedisNodes connect(RedisAddress address) {
        URI first = address.nodes().get(0);
        JedisClientConfig config = DefaultJedisClientConfig.builder(first)
                .timeoutMillis((int) TIMEOUT.toMillis())
                .build();
        if (address.isCluster()) {
            RedisClusterClient cluster = RedisClusterClient.builder()
                    .nodes(address.nodes().stream()
                            .map(JedisURIHelper::getHostAndPort)
                            .collect(Collectors.toSet()))
                    .clientConfig(config)
                    .build();
            return new RedisNodes(cluster, () -> cluster.getClusterNodes().values());
        }
        // One connection: after a failover, an old one may still lead to the old master while a new one does not.
        ConnectionPoolConfig single = new ConnectionPoolConfig();
        single.setMaxTotal(1);
        RedisClient server = RedisClient.builder()
                .fromURI(first)
                .clientConfig(config)
                .poolConfig(single)
                .build();
        return new RedisNodes(server, () -> List.of(server.getPool()));
    }

    UnifiedJedis client() {
        return client;
    }

    /** Who holds the data now; equal texts mean that nobody lost any in between. */
    String identity() {
        TreeSet<String> masters = new TreeSet<>();
        for (Jedis node : masters()) {
            try (node) {
                String runId = runId(node);
                String replicationId = field(node.info("replication"), "master_replid");
                String mark = node.get(markKey(node, runId));
                masters.add(runId + "/" + replicationId + "/" + (mark == null ? NO_MARK : mark));
            }
        }
        return String.join(",", masters);
    }

    /** Puts a mark of its own on every master that has none; whoever finds another mark later knows that its data was not kept. */
    void mark() {
        for (Jedis node : masters()) {
            try (node) {
                node.set(
                        markKey(node, runId(node)),
                        UUID.randomUUID().toString(),
                        SetParams.setParams().nx());
            }
        }
    }

    /** Whether an identity is of nodes that all were marked. */
    static boolean isMarked(String identity) {
        return !identity.contains("/" + NO_MARK);
    }

    /** Makes a script known to every master; returns its digest. */
    String load(String script) {
        String digest = null;
        for (Jedis node : masters()) {
            try (node) {
                digest = node.scriptLoad(script);
            }
        }
        return digest;
    }

    private List<Jedis> masters() {
        List<Jedis> masters = new ArrayList<>();
        for (Pool<Connection> pool : pools.get()) {
            Jedis node = new Jedis(pool.getResource());
            if (field(node.info("replication"), "role").equals(MASTER)) {
                masters.add(node);
            } else {
                node.close();
            }
        }
        if (masters.isEmpty()) {
            throw new JedisException("Redis is a replica now; rows can only be written to a master");
        }
        return masters;
    }

    private String markKey(Jedis node, String runId) {
        return markKeys.computeIfAbsent(runId, ignored -> findMarkKey(node));
    }

    private static String findMarkKey(Jedis node) {
        for (int number = 0; number < MAX_MARK_KEYS; number++) {
            try {
                String key = RedisKeys.kept(number);
                node.exists(key);
                return key;
            } catch (JedisMovedDataException e) {
                // Another node's slot; the next key is in another one.
            }
        }
        throw new JedisException("A master of the Redis Cluster serves no slots; assign slots to it or remove it");
    }

    private static String runId(Jedis node) {
        return field(node.info("server"), "run_id");
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElseThrow(() -> new JedisException("Redis does not tell its " + name));
    }

    @Override
    public void close() {
        client.close();
    }
}
