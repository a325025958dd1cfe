package countinghouse.serving.live;

import countinghouse.kit.config.RedisAddress;
import countinghouse.schemas.RedisKeys;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speed layer's hints of what has just changed. A hint only wakes a stream early: a lost one costs seconds of delay, never a wrong
 * number, because streams also look by themselves.
 */
public final class ChangeHints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeHints.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final AbstractRedisClient client;
    private final Supplier<StatefulRedisPubSubConnection<String, String>> subscribing;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private StatefulRedisPubSubConnection<String, String> subscription;

    /** Told on a thread of Redis's client, so it must not block. */
    interface Listener {
        void changed(String account, String meter);
    }

    public ChangeHints(RedisAddress redis) {
        List<RedisURI> nodes = redis.nodes().stream().map(RedisURI::create).toList();
        if (redis.isCluster()) {
            // Every node passes on what is published at any.
            RedisClusterClient cluster = RedisClusterClient.create(nodes);
            client = cluster;
            subscribing = cluster::connectPubSub;
        } else {
            RedisClient server = RedisClient.create(nodes.get(0));
            client = server;
            subscribing = server::connectPubSub;
        }
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** Subscribes, unless that is done. Blocks. A subscription mends itself; where Redis was never there, the next call tries again. */
    synchronized void connect() {
        if (subscription != null) {
            return;
        }
        try {
            StatefulRedisPubSubConnection<String, String> opened = subscribing.get();
            opened.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    dispatch(message);
                }
            });
            opened.sync().subscribe(RedisKeys.LIVE_CHANNEL);
            subscription = opened;
        } catch (RedisException e) {
            LOG.warn("Cannot subscribe to changes of the speed layer; live streams are slower until this works", e);
        }
    }

    private void dispatch(String hint) {
        // An account may contain spaces, a meter cannot.
        int space = hint.lastIndexOf(' ');
        if (space > 0) {
            listeners.forEach(listener -> listener.changed(hint.substring(0, space), hint.substring(space + 1)));
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CLOSE_TIMEOUT);
    }
}
