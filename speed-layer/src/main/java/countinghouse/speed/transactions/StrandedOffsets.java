package countinghouse.speed.transactions;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets of the group that wait for the end of a transaction which is over: the group's coordinator kept them in its memory, though neither the log
 * of the offsets nor a transaction's coordinator holds anything open (ADR 0024). A starting client asks for these offsets for ever. One more abort
 * marker of the same producer makes the coordinator let them go.
 *
 * <p>Only producers of processes that are gone get one: in a transaction that a living process begins meanwhile the marker would drop the
 * offsets, and its events would be counted again.
 */
final class StrandedOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(StrandedOffsets.class);

    private final BrokerTransactions broker;
    private final String applicationId;
    private final TransactionMetrics metrics;

    private Set<TopicPartition> suspected = Set.of();

    StrandedOffsets(BrokerTransactions broker, String applicationId, TransactionMetrics metrics) {
        this.broker = broker;
        this.applicationId = applicationId;
        this.metrics = metrics;
    }

    /**
     * Looks once, and lets go what the look before had seen as well.
     *
     * @param offsets partition of the group's offsets
     * @param nothingOpen whether neither a coordinator nor the log of {@code offsets} holds a transaction of the application open
     * @param known every transactional id that a coordinator knows
     * @param gone the transactional ids among them whose process is no member of the group
     * @return whether something is suspected that the next look may confirm
     */
    boolean look(
            TopicPartition offsets,
            boolean nothingOpen,
            Collection<TransactionListing> known,
            Collection<String> gone) {
        Set<TopicPartition> waiting = nothingOpen ? broker.unsettledOffsets(applicationId) : Set.of();
        Set<TopicPartition> confirmed = new HashSet<>(waiting);
        confirmed.retainAll(suspected);
        suspected = waiting;
        if (confirmed.isEmpty()) {
            return !waiting.isEmpty();
        }
        Map<Long, String> ids = known.stream()
                .collect(Collectors.toMap(
                        TransactionListing::producerId, TransactionListing::transactionalId, (one, other) -> one));
        for (ProducerState producer : broker.idleIn(offsets)) {
            String transactionalId = ids.get(producer.producerId());
            if (transactionalId == null || gone.contains(transactionalId)) {
                LOG.error(
                        "The offsets of {} partitions wait for producer {} ('{}'), which has nothing open; aborting it once more",
                        confirmed.size(),
                        producer.producerId(),
                        transactionalId);
                broker.abort(offsets, producer);
                metrics.strandedAborted();
            }
        }
        return true;
    }
}
