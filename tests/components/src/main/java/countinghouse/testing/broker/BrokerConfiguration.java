package countinghouse.testing.broker;

import countinghouse.schemas.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What every broker of the tests has in common: one node, KRaft in combined mode, and the topic catalogue. */
final class BrokerConfiguration {
    private static final int TOPICS_TIMEOUT_SECONDS = 60;

    private BrokerConfiguration() {}

    static Map<String, String> of(Path directory, int port, int controllerPort) {
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
        configuration.put("group.min.session.timeout.ms", "1000");
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("offsets.topic.num.partitions", "1");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("transaction.state.log.num.partitions", "1");
        configuration.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        configuration.put("log.cleaner.dedupe.buffer.size", "2097152");
        return configuration;
    }

    static void createTopics(String bootstrapServers, int partitions)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<NewTopic> topics = Topics.catalogue(partitions, (short) 1, 1).stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), topic.replicationFactor())
                        .configs(topic.config()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get(TOPICS_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
