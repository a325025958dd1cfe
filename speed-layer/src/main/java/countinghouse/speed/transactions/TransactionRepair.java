package countinghouse.speed.transactions;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that nobody else will end, or not soon (ADR 0024). Readers of committed data, and the restore of the speed layer itself, wait at
 * the first record of an open transaction, without a word.
 *
 * <ul>
 *   <li><b>Hanging</b>: a partition's log holds it open, and no coordinator knows of it: an abort marker was lost with a broker. Nobody
 *       will ever end it.
 *   <li><b>Orphaned</b>: its producer belonged to a process that is no member of the group any more. The coordinator would end it after the
 *       transaction time-out.
 *   <li><b>Stranded</b>: nothing is open anywhere, and still the group's coordinator keeps offsets back ({@link StrandedOffsets}).
 * </ul>
 *
 * <p>All are only believed when two looks in a row see them, since a transaction may begin or end while one looks. Not thread-safe.
 */
public final class TransactionRepair {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionRepair.class);
    /** Streams names its producers and members by application, process and thread. */
    private static final Pattern PROCESS =
            Pattern.compile("-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-");

    private static final String OFFSETS_TOPIC = "__consumer_offsets";

    private final BrokerTransactions broker;
    private final String applicationId;
    private final Collection<String> topics;
    private final TransactionMetrics metrics;
    private final StrandedOffsets strandedOffsets;

    private Set<OpenTransaction> suspectedHanging = Set.of();
    private Set<String> suspectedOrphaned = Set.of();

    /**
     * A repair of one application's transactions.
     *
     * @param topics that the application writes
     */
    public TransactionRepair(Admin admin, String applicationId, Collection<String> topics, TransactionMetrics metrics) {
        this.broker = new BrokerTransactions(admin);
        this.applicationId = applicationId;
        this.topics = topics;
        this.metrics = metrics;
        this.strandedOffsets = new StrandedOffsets(broker, applicationId, metrics);
    }

    /**
     * Looks once, and ends what the look before had seen as well.
     *
     * @param startingInstance static membership id of a process that is about to start: members with this name are its dead predecessors; null
     *     if it has joined
     * @return whether something is suspected that the next look may confirm
     * @throws KafkaException if the broker does not answer; nothing is half done then that another look would not finish
     */
    public boolean look(String startingInstance) {
        // Partitions first: a transaction that is open there is known to its coordinator by the time that is asked, or
        // has ended.
        Optional<TopicPartition> offsets = offsetsPartition();
        Set<OpenTransaction> open = broker.openIn(partitions(offsets));
        Collection<TransactionListing> known = broker.known();
        Set<TransactionListing> coordinated = BrokerTransactions.coordinated(known);
        Set<OpenTransaction> hanging = hanging(open, coordinated);
        Set<String> gone = gone(known, startingInstance);
        Set<String> orphaned = both(gone, idsOf(coordinated));
        metrics.hangingNow(hanging.size());
        for (OpenTransaction transaction : both(hanging, suspectedHanging)) {
            LOG.error(
                    "A transaction of producer {} hangs in {} since offset {}: no coordinator knows of it, and readers wait there; aborting it",
                    transaction.producerId(),
                    transaction.partition(),
                    transaction.startOffset());
            broker.abort(transaction);
            metrics.hangingAborted();
        }
        for (String transactionalId : both(orphaned, suspectedOrphaned)) {
            LOG.warn("The process behind '{}' is gone and left a transaction open; aborting it", transactionalId);
            broker.fence(transactionalId);
            metrics.orphanedAborted();
        }
        suspectedHanging = hanging;
        suspectedOrphaned = orphaned;
        boolean stranded = offsets.isPresent()
                && strandedOffsets.look(offsets.get(), nothingOpen(open, coordinated, offsets.get()), known, gone);
        return !hanging.isEmpty() || !orphaned.isEmpty() || stranded;
    }

    private boolean nothingOpen(
            Set<OpenTransaction> open, Set<TransactionListing> coordinated, TopicPartition offsets) {
        return open.stream().noneMatch(transaction -> transaction.partition().equals(offsets))
                && idsOf(coordinated).stream().noneMatch(this::isOurs);
    }

    private Set<TopicPartition> partitions(Optional<TopicPartition> offsets) {
        Set<TopicPartition> partitions = broker.partitionsOf(topics);
        offsets.ifPresent(partitions::add);
        return partitions;
    }

    /** The partition of the group's offsets, which belong to the transactions as well. */
    private Optional<TopicPartition> offsetsPartition() {
        try {
            int count = broker.partitionsOf(Set.of(OFFSETS_TOPIC)).size();
            return Optional.of(
                    new TopicPartition(OFFSETS_TOPIC, (applicationId.hashCode() & Integer.MAX_VALUE) % count));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private static Set<OpenTransaction> hanging(Set<OpenTransaction> open, Set<TransactionListing> coordinated) {
        Set<Long> known =
                coordinated.stream().map(TransactionListing::producerId).collect(Collectors.toSet());
        return open.stream()
                .filter(transaction -> !known.contains(transaction.producerId()))
                .collect(Collectors.toSet());
    }

    /** The transactional ids of the application whose process is no member of its group. */
    private Set<String> gone(Collection<TransactionListing> known, String startingInstance) {
        Set<String> candidates = idsOf(known);
        candidates.removeIf(id -> !isOurs(id));
        if (candidates.isEmpty()) {
            return candidates;
        }
        Set<String> alive = broker.members(applicationId).stream()
                .filter(member -> !isPredecessor(member, startingInstance))
                .map(member -> processOf(member.clientId()))
                .collect(Collectors.toSet());
        candidates.removeIf(id -> alive.contains(processOf(id)));
        return candidates;
    }

    private boolean isOurs(String transactionalId) {
        return transactionalId.startsWith(applicationId + "-")
                && !processOf(transactionalId).isEmpty();
    }

    private static Set<String> idsOf(Collection<TransactionListing> transactions) {
        return transactions.stream().map(TransactionListing::transactionalId).collect(Collectors.toSet());
    }

    /** Streams appends the number of the thread to the instance id. */
    private static boolean isPredecessor(MemberDescription member, String startingInstance) {
        return startingInstance != null
                && member.groupInstanceId()
                        .filter(id -> id.matches(Pattern.quote(startingInstance) + "-\\d+"))
                        .isPresent();
    }

    private static String processOf(String name) {
        Matcher process = PROCESS.matcher(name);
        return process.find() ? process.group(1) : "";
    }

    private static <T> Set<T> both(Set<T> now, Set<T> before) {
        Set<T> both = new HashSet<>(now);
        both.retainAll(before);
        return both;
    }
}
