package countinghouse.testing.broker;

import countinghouse.testing.port.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A real broker in a process of its own, with the topic catalogue: for tests whose Scala is not the broker's. */
public final class TestBrokerProcess implements AutoCloseable {
    public static final int PARTITIONS = 2;

    private final List<String> command;
    private final Path log;
    private final String bootstrapServers;
    private Process process;

    private TestBrokerProcess(List<String> command, Path log, String bootstrapServers) {
        this.command = command;
        this.log = log;
        this.bootstrapServers = bootstrapServers;
    }

    /** Jars in {@code target/broker} come before the tests' own class path. */
    public static TestBrokerProcess start(Path directory) throws Exception {
        int port = FreePort.next();
        Path storage = Files.createDirectories(directory.resolve("storage"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "broker", "*") + File.pathSeparator + System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                storage.toString(),
                configuration(directory, storage, port).toString());
        TestBrokerProcess broker = new TestBrokerProcess(command, directory.resolve("broker.log"), "127.0.0.1:" + port);
        broker.run();
        BrokerConfiguration.createTopics(broker.bootstrapServers, PARTITIONS);
        return broker;
    }

    /** Starts the process, again after a {@link #kill}, with what its folder holds; it serves some seconds later. */
    public void run() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Takes all time from the process: its connections stay open, and nothing answers. */
    public void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** Ends the process as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill %s ended with %d".formatted(signal, status));
        }
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
