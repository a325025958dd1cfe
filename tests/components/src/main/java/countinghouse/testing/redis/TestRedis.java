package countinghouse.testing.redis;

import countinghouse.testing.port.FreePort;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis without persistence: a restart loses everything. */
public final class TestRedis implements AutoCloseable {
    private static final int CLIENT_TIMEOUT_MS = 30_000;

    private final int port;
    private final List<String> settings;
    private RedisServer server;

    private TestRedis(int port, List<String> settings) {
        this.port = port;
        this.settings = settings;
    }

    public static TestRedis start() throws IOException {
        return start(FreePort.next(), List.of());
    }

    /** A server that copies this one, a moment behind it. */
    public TestRedis startReplica() throws IOException {
        return start(FreePort.next(), List.of("replicaof 127.0.0.1 " + port, "repl-diskless-sync-delay 0"));
    }

    static TestRedis start(int port, List<String> settings) throws IOException {
        TestRedis redis = new TestRedis(port, settings);
        redis.run();
        return redis;
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public Jedis connect() {
        return new Jedis(url(), CLIENT_TIMEOUT_MS);
    }

    /** The answer to one question, over a connection of its own. */
    public <T> T ask(Function<Jedis, T> question) {
        try (Jedis jedis = connect()) {
            return question.apply(jedis);
        }
    }

    public void run() throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("maxmemory-policy noeviction");
        settings.forEach(builder::setting);
        server = builder.build();
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
