package countinghouse.serving.speedview;

import countinghouse.kit.config.RedisAddress;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connects to the Redis of the settings, a single server or a cluster. */
final class SpeedConnections implements AutoCloseable {
    private final Duration timeout;
    private final int cachedRows;
    private final RedisURI first;
    private final ClientResources resources;
    private final RedisClient client;
    /** Knows which master has which slot; null if there is a single server. */
    private final RedisClusterClient layout;

    SpeedConnections(SpeedConfig config) {
        timeout = config.timeout();
        cachedRows = config.cachedRows();
        List<RedisURI> nodes = nodes(config.redis());
        first = nodes.get(0);
        resources = DefaultClientResources.builder()
                .nettyCustomizer(new FlushesTogether())
                .build();
        client = RedisClient.create(resources);
        // A new connection is opened instead of the old one being mended: its cache must not survive it.
        client.setOptions(options(ClientOptions.builder(), timeout).build());
        layout = config.redis().isCluster() ? RedisClusterClient.create(resources, nodes) : null;
        if (layout != null) {
            ClusterClientOptions.Builder options = ClusterClientOptions.builder();
            options(options, timeout);
            layout.setOptions(options.build());
        }
    }

    private static List<RedisURI> nodes(RedisAddress address) {
        return address.nodes().stream().map(RedisURI::create).toList();
    }

    private static ClientOptions.Builder options(ClientOptions.Builder options, Duration timeout) {
        return options.autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                .timeoutOptions(TimeoutOptions.enabled(timeout));
    }

    /**
     * Connects anew, with nothing remembered.
     *
     * @throws RedisException if that is not possible now
     */
    SpeedReads open() {
        return layout == null ? new TrackedConnection(client, first, cachedRows) : cluster();
    }

    private SpeedReads cluster() {
        layout.refreshPartitions();
        List<RedisClusterNode> nodes = layout.getPartitions().stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM)
                        && !node.getSlots().isEmpty())
                .toList();
        List<TrackedConnection> masters = new ArrayList<>();
        TrackedConnection[] bySlot = new TrackedConnection[SlotHash.SLOT_COUNT];
        try {
            for (RedisClusterNode node : nodes) {
                RedisURI address = RedisURI.builder(first)
                        .withHost(node.getUri().getHost())
                        .withPort(node.getUri().getPort())
                        .build();
                TrackedConnection master = new TrackedConnection(client, address, cachedRows / nodes.size());
                masters.add(master);
                node.getSlots().forEach(slot -> bySlot[slot] = master);
            }
            return new TrackedCluster(masters, bySlot);
        } catch (RedisException e) {
            masters.forEach(TrackedConnection::close);
            throw e;
        }
    }

    @Override
    public void close() {
        if (layout != null) {
            layout.shutdown(Duration.ZERO, timeout);
        }
        client.shutdown(Duration.ZERO, timeout);
        resources.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** Commands of many requests leave in one write. */
    private static final class FlushesTogether implements NettyCustomizer {
        @Override
        public void afterChannelInitialized(Channel channel) {
            channel.pipeline()
                    .addFirst(new FlushConsolidationHandler(
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
        }
    }
}
