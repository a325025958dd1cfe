package countinghouse.billing.entitlement;

import countinghouse.kit.config.RedisAddress;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.List;

/** The one connection to the Redis of the counters, a single server or a cluster; opened anew after a failure, at most every half second. */
final class AdmissionConnection implements AutoCloseable {
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final int QUEUED_COMMANDS = 1_000;

    private final RedisAddress address;
    private final Duration timeout;
    private final AbstractRedisClient client;
    private StatefulConnection<String, String> connection;
    private long nextAttemptNanos = System.nanoTime();

    AdmissionConnection(RedisAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        this.client = address.isCluster() ? cluster() : server();
    }

    private RedisClient server() {
        RedisClient server = RedisClient.create(RedisURI.create(address.url()));
        server.setOptions(bounded(ClientOptions.builder()
                        .autoReconnect(false)
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS))
                .build());
        return server;
    }

    private RedisClusterClient cluster() {
        List<RedisURI> nodes = address.nodes().stream().map(RedisURI::create).toList();
        RedisClusterClient cluster = RedisClusterClient.create(nodes);
        // Nothing is rejected for want of a connection: a node's first command opens it. The time-out and the short
        // queue bound the wait.
        ClusterClientOptions.Builder options = ClusterClientOptions.builder()
                .requestQueueSize(QUEUED_COMMANDS)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enableAllAdaptiveRefreshTriggers()
                        .build());
        bounded(options);
        cluster.setOptions(options.build());
        return cluster;
    }

    private ClientOptions.Builder bounded(ClientOptions.Builder options) {
        return options.socketOptions(
                        SocketOptions.builder().connectTimeout(timeout).build())
                .timeoutOptions(TimeoutOptions.enabled(timeout));
    }

    /**
     * What scripts are called through.
     *
     * @throws CountersUnavailableException if the last attempt to connect failed a moment ago
     * @throws RedisException if this one fails
     */
    synchronized RedisScriptingCommands<String, String> scripts() {
        if (connection == null || !connection.isOpen()) {
            open();
        }
        return connection instanceof StatefulRedisClusterConnection<String, String> cluster
                ? cluster.sync()
                : ((StatefulRedisConnection<String, String>) connection).sync();
    }

    private void open() {
        if (System.nanoTime() - nextAttemptNanos < 0) {
            throw new CountersUnavailableException(
                    "Redis at %s was not reachable a moment ago".formatted(address), null);
        }
        try {
            connection =
                    client instanceof RedisClusterClient cluster ? cluster.connect() : ((RedisClient) client).connect();
        } catch (RedisException e) {
            nextAttemptNanos = System.nanoTime() + RETRY_DELAY.toNanos();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
        }
        client.shutdown(Duration.ZERO, timeout);
    }
}
