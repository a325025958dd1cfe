package countinghouse.testing.broker;

import countinghouse.testing.port.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A real broker in a process of its own, with the topic catalogue: for tests whose Scala is not the broker's. */
public final class TestBrokerProcess implements AutoCloseable {
    public static final int PARTITIONS = 2;

    private final Process process;
    private final String bootstrapServers;

    private TestBrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Jars in {@code target/broker} come before the tests' own class path. */
    public static TestBrokerProcess start(Path directory) throws Exception {
        int port = FreePort.next();
        Path storage = Files.createDirectories(directory.resolve("storage"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "broker", "*") + File.pathSeparator + System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        storage.toString(),
                        configuration(directory, storage, port).toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("broker.log").toFile())
                .start();
        TestBrokerProcess broker = new TestBrokerProcess(process, "127.0.0.1:" + port);
        BrokerConfiguration.createTopics(broker.bootstrapServers, PARTITIONS);
        return broker;
    }

    private static Path configuration(Path directory, Path storage, int port) throws IOException {
        Properties properties = new Properties();
        properties.putAll(BrokerConfiguration.of(storage, port, FreePort.next()));
        Path file = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
