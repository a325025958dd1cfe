package countinghouse.testing.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;

/** The process of {@link TestBrokerProcess}: formats the storage if it is new, and runs the broker. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Takes the storage folder and the path of {@code server.properties}. */
    public static void main(String[] arguments) throws Exception {
        if (!Files.exists(Path.of(arguments[0], "meta.properties"))) {
            BrokerStorage.format(arguments[0]);
        }
        Kafka.main(new String[] {arguments[1]});
    }
}
