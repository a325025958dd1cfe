package countinghouse.local.component;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.state.Ports;
import countinghouse.local.state.PrivateFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Kafka broker that is its own controller. */
public final class KafkaBroker implements Component {
    private final Workplace workplace;
    private final int port;
    private final int controllerPort;

    public KafkaBroker(Workplace workplace) {
        this.workplace = workplace;
        this.port = workplace.ports().flexible("kafka");
        this.controllerPort = workplace.ports().flexible("kafka-controller");
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    @Override
    public ChildCommand command() {
        var file = workplace.state().root().resolve("kafka.properties");
        PrivateFile.writeProperties(file, configuration());
        return workplace.jvm(
                name(),
                "kafka",
                List.of("-Xms64m", "-Xmx256m"),
                List.of("countinghouse.local.broker.BrokerMain", file.toString()));
    }

    @Override
    public boolean isReady() {
        return Probe.accepts(port);
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("process.roles", "broker,controller");
        configuration.put("node.id", "1");
        configuration.put("controller.quorum.voters", "1@" + Ports.HOST + ":" + controllerPort);
        configuration.put("controller.listener.names", "CONTROLLER");
        configuration.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        configuration.put(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(Ports.HOST, port, Ports.HOST, controllerPort));
        configuration.put("log.dirs", workplace.state().folder("kafka").toString());
        configuration.put("auto.create.topics.enable", "false");
        configuration.put("group.initial.rebalance.delay.ms", "0");
        configuration.put("broker.session.timeout.ms", "3000");
        configuration.put("broker.heartbeat.interval.ms", "500");
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("offsets.topic.num.partitions", "2");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("transaction.state.log.num.partitions", "2");
        configuration.put("share.coordinator.state.topic.replication.factor", "1");
        configuration.put("share.coordinator.state.topic.min.isr", "1");
        configuration.put("share.coordinator.state.topic.num.partitions", "1");
        configuration.put("num.network.threads", "2");
        configuration.put("num.io.threads", "4");
        // Its default, 128 MiB, is half of this broker's heap.
        configuration.put("log.cleaner.dedupe.buffer.size", "8388608");
        return configuration;
    }
}
