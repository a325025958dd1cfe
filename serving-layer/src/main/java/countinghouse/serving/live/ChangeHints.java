package countinghouse.serving.live;

import countinghouse.schemas.RedisKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speed layer's hints of what has just changed. A hint only wakes a stream early: a lost one costs seconds of delay, never a wrong
 * number, because streams also look by themselves.
 */
public final class ChangeHints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeHints.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final RedisClient client;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private StatefulRedisPubSubConnection<String, String> subscription;

    /** Told on a thread of Redis's client, so it must not block. */
    interface Listener {
        void changed(String account, String meter);
    }

    public ChangeHints(URI redis) {
        client = RedisClient.create(redis.toString());
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
            StatefulRedisPubSubConnection<String, String> opened = client.connectPubSub();
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
