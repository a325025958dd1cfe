package countinghouse.speed.testing;

import countinghouse.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this JVM, KRaft in combined mode, with the topic catalogue. */
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
        int port = freePort();
        int controllerPort = freePort();
        format(directory);
        TestBroker broker = new TestBroker(configuration(directory, port, controllerPort), "127.0.0.1:" + port);
        broker.run();
        broker.createTopics();
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

    private void createTopics() throws Exception {
        List<NewTopic> topics = Topics.catalogue(PARTITIONS, (short) 1, 1).stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), topic.replicationFactor())
                        .configs(topic.config()))
                .toList();
        try (Admin admin = admin()) {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .run();
    }

    private static Map<String, String> configuration(Path directory, int port, int controllerPort) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("process.roles", "broker,controller");
        configuration.put("node.id", "1");
        configuration.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        configuration.put("controller.listener.names", "CONTROLLER");
        configuration.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        configuration.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        configuration.put("log.dirs", directory.toString());
        configuration.put("auto.create.topics.enable", "false");
        configuration.put("group.initial.rebalance.delay.ms", "0");
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("offsets.topic.num.partitions", "1");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("transaction.state.log.num.partitions", "1");
        configuration.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        configuration.put("log.cleaner.dedupe.buffer.size", "2097152");
        return configuration;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
