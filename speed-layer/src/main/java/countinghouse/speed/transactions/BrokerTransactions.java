package countinghouse.speed.transactions;

import countinghouse.speed.broker.BrokerAnswers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What the brokers know of transactions. Every method throws {@link KafkaException} if they do not answer in time. */
final class BrokerTransactions {
    private static final Set<TransactionState> OPEN = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_EPOCH_FENCE);

    private static final BrokerAnswers ANSWERS = new BrokerAnswers("transactions", Duration.ofSeconds(15));

    private final Admin admin;

    BrokerTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Every partition of the topics. */
    Set<TopicPartition> partitionsOf(Collection<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (TopicDescription topic :
                ANSWERS.await(admin.describeTopics(topics).allTopicNames()).values()) {
            topic.partitions().forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition())));
        }
        return partitions;
    }

    /** The transactions that the partitions' logs hold open. */
    Set<OpenTransaction> openIn(Set<TopicPartition> partitions) {
        Set<OpenTransaction> open = new HashSet<>();
        ANSWERS.await(admin.describeProducers(partitions).all())
                .forEach((partition, state) -> state.activeProducers().stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().isPresent())
                        .map(producer -> new OpenTransaction(
                                partition,
                                producer.producerId(),
                                producer.producerEpoch(),
                                producer.currentTransactionStartOffset().getAsLong(),
                                producer.coordinatorEpoch().orElse(0)))
                        .forEach(open::add));
        return open;
    }

    /** The producers that the partition's log knows and that have no transaction open in it. */
    Set<ProducerState> idleIn(TopicPartition partition) {
        return ANSWERS.await(admin.describeProducers(Set.of(partition)).all()).get(partition).activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isEmpty())
                .collect(Collectors.toSet());
    }

    /** Every transactional id that a coordinator knows, whether it has a transaction open or not. */
    Collection<TransactionListing> known() {
        return ANSWERS.await(admin.listTransactions().all());
    }

    /** The transactions that their coordinators will bring to an end by themselves. */
    static Set<TransactionListing> coordinated(Collection<TransactionListing> known) {
        return known.stream()
                .filter(transaction -> OPEN.contains(transaction.state()))
                .collect(Collectors.toSet());
    }

    /** The partitions whose committed offset the group's coordinator does not tell, since it waits for the end of a transaction. */
    Set<TopicPartition> unsettledOffsets(String group) {
        Set<TopicPartition> unsettled = new HashSet<>(offsets(group, false));
        unsettled.removeAll(offsets(group, true));
        return unsettled;
    }

    private Set<TopicPartition> offsets(String group, boolean settledOnly) {
        ListConsumerGroupOffsetsOptions options = new ListConsumerGroupOffsetsOptions().requireStable(settledOnly);
        return ANSWERS.await(admin.listConsumerGroupOffsets(group, options).partitionsToOffsetAndMetadata())
                .keySet();
    }

    /** The members of a consumer group; none if there is no such group. */
    Collection<MemberDescription> members(String group) {
        try {
            ConsumerGroupDescription description = ANSWERS.await(admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group));
            return description.members();
        } catch (GroupIdNotFoundException e) {
            return List.of();
        }
    }

    /** Writes the abort marker that the partition waits for. */
    void abort(OpenTransaction transaction) {
        abort(
                transaction.partition(),
                transaction.producerId(),
                transaction.producerEpoch(),
                transaction.coordinatorEpoch());
    }

    /** Writes an abort marker of a producer that has nothing open in the partition's log. */
    void abort(TopicPartition partition, ProducerState idle) {
        abort(
                partition,
                idle.producerId(),
                idle.producerEpoch(),
                idle.coordinatorEpoch().orElse(0));
    }

    private void abort(TopicPartition partition, long producerId, int producerEpoch, int coordinatorEpoch) {
        AbortTransactionSpec marker =
                new AbortTransactionSpec(partition, producerId, (short) producerEpoch, coordinatorEpoch);
        ANSWERS.await(admin.abortTransaction(marker).all());
    }

    /** Aborts what the producers with this transactional id have open, and shuts them out. */
    void fence(String transactionalId) {
        ANSWERS.await(admin.fenceProducers(Set.of(transactionalId)).all());
    }
}
