package countinghouse.bench.speed.peer;

import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** One plain connection, patient enough for a machine that is kept busy on purpose. */
public final class RedisConnection {
    private static final int TIMEOUT_MS = 60_000;

    private RedisConnection() {}

    public static Jedis open(URI url) {
        return new Jedis(
                new HostAndPort(url.getHost(), url.getPort()),
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .timeoutMillis(TIMEOUT_MS)
                        .build());
    }
}
