package countinghouse.speed.projector;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** The setting {@code redis.url}. */
final class RedisUrl {
    private static final String CLUSTER_SCHEME = "redis-cluster";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private RedisUrl() {}

    static boolean isCluster(URI url) {
        return CLUSTER_SCHEME.equals(url.getScheme());
    }

    /** The nodes of a cluster that are asked for the others. */
    static Set<HostAndPort> seeds(URI url) {
        return Arrays.stream(url.getAuthority().split(","))
                .map(HostAndPort::from)
                .collect(Collectors.toSet());
    }

    static JedisClientConfig clientConfig() {
        return withTimeout(DefaultJedisClientConfig.builder());
    }

    /** With the user, password and database of a URL. */
    static JedisClientConfig clientConfig(URI url) {
        return withTimeout(DefaultJedisClientConfig.builder(url));
    }

    private static JedisClientConfig withTimeout(DefaultJedisClientConfig.Builder builder) {
        return builder.timeoutMillis((int) TIMEOUT.toMillis()).build();
    }
}
