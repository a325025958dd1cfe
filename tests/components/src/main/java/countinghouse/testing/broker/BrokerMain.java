package countinghouse.testing.broker;

import kafka.Kafka;

/** The process of {@link TestBrokerProcess}: formats the storage and runs the broker. */
public final class BrokerMain {
    private BrokerMain() {}

    /** Takes the storage folder and the path of {@code server.properties}. */
    public static void main(String[] arguments) throws Exception {
        BrokerStorage.format(arguments[0]);
        Kafka.main(new String[] {arguments[1]});
    }
}
