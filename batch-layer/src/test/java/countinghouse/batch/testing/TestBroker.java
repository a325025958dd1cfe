package countinghouse.batch.testing;

import countinghouse.schemas.Topics;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real broker, KRaft in combined mode, with the topic catalogue; a child process, because its Scala is not Spark's. */
public final class TestBroker implements AutoCloseable {
    public static final int PARTITIONS = 2;

    private final Process process;
    private final String bootstrapServers;

    private TestBroker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    public static TestBroker start(Path directory) throws Exception {
        int port = FreePort.next();
        Path storage = Files.createDirectories(directory.resolve("storage"));
        Path configuration = directory.resolve("server.properties");
        Files.writeString(configuration, configuration(storage, port, FreePort.next()));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "broker", "*") + File.pathSeparator + System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        storage.toString(),
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("broker.log").toFile())
                .start();
        TestBroker broker = new TestBroker(process, "127.0.0.1:" + port);
        broker.createTopics();
        return broker;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    private void createTopics() throws Exception {
        List<NewTopic> topics = Topics.catalogue(PARTITIONS, (short) 1, 1).stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), topic.replicationFactor())
                        .configs(topic.config()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
        }
    }

    private static String configuration(Path storage, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                log.cleaner.dedupe.buffer.size=2097152
                """.formatted(port, controllerPort, storage);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
