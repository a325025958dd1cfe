package countinghouse.batch.testing;

import java.io.IOException;
import java.net.URI;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis without persistence: a restart loses everything. */
public final class TestRedis implements AutoCloseable {
    private final int port;
    private RedisServer server;

    private TestRedis(int port) {
        this.port = port;
    }

    public static TestRedis start() throws IOException {
        TestRedis redis = new TestRedis(FreePort.next());
        redis.run();
        return redis;
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public Jedis connect() {
        return new Jedis(url());
    }

    public void run() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("maxmemory-policy noeviction")
                .build();
        server.start();
    }

    public void stop() throws IOException {
        server.stop();
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
