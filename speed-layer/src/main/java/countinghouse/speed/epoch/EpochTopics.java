package countinghouse.speed.epoch;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.speed.broker.BrokerAnswers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that an epoch reads and writes. Every method throws {@link KafkaException} if the broker does not answer in time. */
final class EpochTopics {
    private static final BrokerAnswers ANSWERS = new BrokerAnswers("the epoch's topics", Duration.ofSeconds(30));

    private final Admin admin;

    EpochTopics(Admin admin) {
        this.admin = admin;
    }

    /** Ids of an epoch's changelogs; a missing topic has the id "missing". */
    List<String> ids(long epoch) {
        return changelogs(epoch).stream().map(this::id).toList();
    }

    /** Creates the log of epochs if it is not there: a deployment may be older than it. */
    void createLog() {
        create(new Topics.Topic(Topics.SPEED_EPOCHS, 1, replicas(), Topics.compacted(minInsyncReplicas())));
    }

    /** Creates an epoch's changelogs if they are not there, laid out as the topic catalogue does. */
    void create(long epoch) {
        TopicDescription events = describe(EventType.VIEW.topic());
        Topics.changelogs(epoch, events.partitions().size(), replicas(), minInsyncReplicas())
                .forEach(this::create);
    }

    private void create(Topics.Topic topic) {
        NewTopic created =
                new NewTopic(topic.name(), topic.partitions(), topic.replicationFactor()).configs(topic.config());
        try {
            ANSWERS.await(admin.createTopics(List.of(created)).all());
        } catch (TopicExistsException e) {
            // By the catalogue, or by an attempt that came no further.
        }
    }

    private short replicas() {
        return (short)
                describe(EventType.VIEW.topic()).partitions().get(0).replicas().size();
    }

    /** Deletes an epoch's changelogs; what is not there is no error. */
    void delete(long epoch) {
        for (String topic : changelogs(epoch)) {
            try {
                ANSWERS.await(admin.deleteTopics(List.of(topic)).all());
            } catch (UnknownTopicOrPartitionException e) {
                // Deleted before.
            }
        }
    }

    /** Whether an epoch's changelogs hold nothing at all. */
    boolean areEmpty(long epoch) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        changelogs(epoch).forEach(topic -> describe(topic)
                .partitions()
                .forEach(info -> ends.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest())));
        return ANSWERS.await(admin.listOffsets(ends).all()).values().stream().allMatch(end -> end.offset() == 0);
    }

    /** Offset of the first record that the log of each source partition still has. */
    Map<TopicPartition, Long> sourceBeginnings() {
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        Arrays.stream(EventType.values()).map(EventType::topic).forEach(topic -> describe(topic)
                .partitions()
                .forEach(info -> query.put(new TopicPartition(topic, info.partition()), OffsetSpec.earliest())));
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answers =
                ANSWERS.await(admin.listOffsets(query).all());
        answers.forEach((partition, answer) -> beginnings.put(partition, answer.offset()));
        return beginnings;
    }

    /** Whether the application of an epoch has committed offsets. */
    boolean hasCommitted(long epoch) {
        String group = Topics.speedApplication(epoch);
        Map<TopicPartition, OffsetAndMetadata> offsets =
                ANSWERS.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return offsets.values().stream().anyMatch(offset -> offset != null && offset.offset() > 0);
    }

    private static List<String> changelogs(long epoch) {
        return List.of(Topics.usageCounts(epoch), Topics.speedIds(epoch));
    }

    private String id(String topic) {
        try {
            return describe(topic).topicId().toString();
        } catch (UnknownTopicOrPartitionException e) {
            return "missing";
        }
    }

    private TopicDescription describe(String topic) {
        return ANSWERS.await(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic);
    }

    private int minInsyncReplicas() {
        ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, EventType.VIEW.topic());
        String value = ANSWERS.await(admin.describeConfigs(List.of(events)).all())
                .get(events)
                .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                .value();
        return Integer.parseInt(value);
    }
}
