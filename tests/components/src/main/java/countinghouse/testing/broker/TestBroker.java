package countinghouse.testing.broker;

import countinghouse.testing.port.FreePort;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;

/** A real broker in this JVM, with the topic catalogue. */
public final class TestBroker implements AutoCloseable {
    /** Fewer than in production: each partition costs a task. */
    public static final int PARTITIONS = 3;

    private final Map<String, String> configuration;
    private final String bootstrapServers;
    private KafkaRaftServer server;

    private TestBroker(Map<String, String> configuration, String bootstrapServers) {
        this.configuration = configuration;
        this.bootstrapServers = bootstrapServers;
    }

    public static TestBroker start(Path directory) throws Exception {
        int port = FreePort.next();
        BrokerStorage.format(directory.toString());
        TestBroker broker =
                new TestBroker(BrokerConfiguration.of(directory, port, FreePort.next()), "127.0.0.1:" + port);
        broker.run();
        BrokerConfiguration.createTopics(broker.bootstrapServers, PARTITIONS);
        return broker;
    }

    /** Starts the broker, again after a {@link #stop}, with what its directory holds. */
    public void run() {
        server = new KafkaRaftServer(new KafkaConfig(configuration), Time.SYSTEM);
        server.startup();
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String directory() {
        return configuration.get("log.dirs");
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public void close() {
        stop();
    }
}
