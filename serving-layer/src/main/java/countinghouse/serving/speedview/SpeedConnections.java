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
import io.netty.channel.EventLoop;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connects to the Redis of the settings, a single server or a cluster, on event loops of others or on a thread of its own. */
final class SpeedConnections implements AutoCloseable {
    private final Duration timeout;
    private final int cachedRows;
    private final RedisURI first;
    private final ClientResources resources;
    private final List<EventLoop> loops;
    /** One for each loop, or one. */
    private final List<RedisClient> clients;
    /** Knows which master has which slot; null if there is a single server. */
    private final RedisClusterClient layout;

    /** @param loops that connections are opened on, one each; none for a thread of their own */
    SpeedConnections(SpeedConfig config, List<EventLoop> loops) {
        this.loops = List.copyOf(loops);
        timeout = config.timeout();
        cachedRows = config.cachedRows() / Math.max(1, loops.size());
        List<RedisURI> nodes = nodes(config.redis());
        first = nodes.get(0);
        resources = DefaultClientResources.builder()
                .nettyCustomizer(new FlushesTogether())
                .build();
        clients = loops.isEmpty()
                ? List.of(client(resources))
                : loops.stream().map(loop -> client(on(loop))).toList();
        layout = config.redis().isCluster() ? RedisClusterClient.create(resources, nodes) : null;
        if (layout != null) {
            ClusterClientOptions.Builder options = ClusterClientOptions.builder();
            options(options, timeout);
            layout.setOptions(options.build());
        }
    }

    private ClientResources on(EventLoop loop) {
        return resources.mutate().eventLoopGroupProvider(new BorrowedLoop(loop)).build();
    }

    private RedisClient client(ClientResources with) {
        RedisClient client = RedisClient.create(with);
        // A new connection is opened instead of the old one being mended: its cache must not survive it.
        client.setOptions(options(ClientOptions.builder(), timeout).build());
        return client;
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
    LoopReads open() {
        List<SpeedReads> opened = new ArrayList<>();
        try {
            for (int index = 0; index < clients.size(); index++) {
                opened.add(open(clients.get(index), loops.isEmpty() ? null : loops.get(index)));
            }
            return new LoopReads(loops, opened);
        } catch (RedisException e) {
            opened.forEach(SpeedReads::close);
            throw e;
        }
    }

    private SpeedReads open(RedisClient client, EventLoop loop) {
        return layout == null ? new TrackedConnection(client, first, cachedRows, loop) : cluster(client, loop);
    }

    private SpeedReads cluster(RedisClient client, EventLoop loop) {
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
                TrackedConnection master = new TrackedConnection(client, address, cachedRows / nodes.size(), loop);
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
        clients.forEach(client -> {
            client.shutdown(Duration.ZERO, timeout);
            close(client.getResources());
        });
        close(resources);
    }

    private void close(ClientResources used) {
        used.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
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
