package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** The topic catalogue on the brokers: topics that are missing, and settings that differ. The number of partitions never changes. */
final class TopicSetup implements SetupStep {
    private static final int DEADLINE_SECONDS = 30;

    private final String bootstrapServers;
    private final List<Topics.Topic> catalogue;

    TopicSetup(KafkaConfig kafka) {
        this.bootstrapServers = kafka.bootstrapServers();
        this.catalogue =
                Topics.catalogue(kafka.partitions(), (short) kafka.replicationFactor(), kafka.minInsyncReplicas());
    }

    @Override
    public List<Change> changes() {
        return asking(admin -> {
            Map<String, TopicDescription> existing = existing(admin);
            Map<String, Config> settings = settings(admin, existing.keySet());
            List<Change> changes = new ArrayList<>();
            for (Topics.Topic topic : catalogue) {
                if (existing.containsKey(topic.name())) {
                    differences(topic, settings.get(topic.name()), changes);
                } else {
                    changes.add(new Change(
                            "create topic %s (%d partitions, %d replicas)"
                                    .formatted(topic.name(), topic.partitions(), topic.replicationFactor()),
                            () -> KafkaTopics.create(bootstrapServers, List.of(topic))));
                }
            }
            return changes;
        });
    }

    /** More partitions would send an account's later events to another one than its earlier events. */
    @Override
    public List<String> faults() {
        return asking(admin -> {
            Map<String, TopicDescription> existing = existing(admin);
            return catalogue.stream()
                    .filter(topic -> existing.containsKey(topic.name()))
                    .filter(topic -> existing.get(topic.name()).partitions().size() != topic.partitions())
                    .map(topic -> "topic %s has %d partitions, and the settings say %d"
                            .formatted(
                                    topic.name(),
                                    existing.get(topic.name()).partitions().size(),
                                    topic.partitions()))
                    .toList();
        });
    }

    private void differences(Topics.Topic topic, Config found, List<Change> changes) {
        new TreeMap<>(topic.config()).forEach((name, wanted) -> {
            ConfigEntry entry = found.get(name);
            if (entry == null || !wanted.equals(entry.value())) {
                changes.add(new Change(
                        "set %s of topic %s to %s (was %s)"
                                .formatted(name, topic.name(), wanted, entry == null ? "unset" : entry.value()),
                        () -> set(topic.name(), name, wanted)));
            }
        });
    }

    private void set(String topic, String name, String value) {
        asking(admin -> await(
                "set %s of the topic %s".formatted(name, topic),
                admin.incrementalAlterConfigs(Map.of(
                                resource(topic),
                                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                        .all()));
    }

    private Map<String, TopicDescription> existing(Admin admin) {
        List<String> ours = catalogue.stream().map(Topics.Topic::name).toList();
        List<String> there = await("list its topics", admin.listTopics().names()).stream()
                .filter(ours::contains)
                .toList();
        return await("describe its topics", admin.describeTopics(there).allTopicNames());
    }

    private Map<String, Config> settings(Admin admin, Collection<String> topics) {
        Map<String, Config> byName = new TreeMap<>();
        await(
                        "describe its topics' settings",
                        admin.describeConfigs(topics.stream()
                                        .map(TopicSetup::resource)
                                        .toList())
                                .all())
                .forEach((resource, config) -> byName.put(resource.name(), config));
        return byName;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private <T> T asking(java.util.function.Function<Admin, T> question) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                DEADLINE_SECONDS * 1000))) {
            return question.apply(admin);
        }
    }

    private <T> T await(String what, KafkaFuture<T> answer) {
        try {
            return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(what, e.getCause());
        } catch (TimeoutException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(what, e);
        }
    }

    private CommandFailure failure(String what, Throwable cause) {
        return new CommandFailure(
                ExitCode.TEMPORARY,
                "Kafka at %s did not %s (%s); see that it runs, then try again"
                        .formatted(bootstrapServers, what, cause.getMessage()),
                cause);
    }
}
