package countinghouse.batch.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kafka.Kafka;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The process of {@link TestBroker}: formats the storage and runs the broker. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Takes the storage folder and the path of {@code server.properties}. */
    public static void main(String[] arguments) throws Exception {
        String directory = arguments[0];
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory)
                .run();
        Kafka.main(new String[] {Path.of(arguments[1]).toString()});
    }
}
