package countinghouse.speed.transactions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
 * </ul>
 *
 * <p>Both are only believed when two looks in a row see them, since a transaction may begin or end while one looks. Not thread-safe.
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
    private final AtomicInteger hangingNow = new AtomicInteger();
    private final Counter hangingAborted;
    private final Counter orphanedAborted;

    private Set<OpenTransaction> suspectedHanging = Set.of();
    private Set<String> suspectedOrphaned = Set.of();

    /**
     * A repair of one application's transactions.
     *
     * @param topics that the application writes
     */
    public TransactionRepair(Admin admin, String applicationId, Collection<String> topics, MeterRegistry metrics) {
        this.broker = new BrokerTransactions(admin);
        this.applicationId = applicationId;
        this.topics = topics;
        this.hangingAborted = aborted("hanging", metrics);
        this.orphanedAborted = aborted("orphaned", metrics);
        Gauge.builder("countinghouse.speed.transactions.hanging", hangingNow, AtomicInteger::get)
                .description(
                        "Transactions open in a partition's log that no coordinator knows of; readers wait for ever")
                .register(metrics);
    }

    private static Counter aborted(String reason, MeterRegistry metrics) {
        return Counter.builder("countinghouse.speed.transactions.aborted")
                .description("Transactions that the speed layer had to end itself, by reason")
                .tag("reason", reason)
                .register(metrics);
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
        Set<OpenTransaction> open = broker.openIn(partitions());
        Set<TransactionListing> coordinated = Set.copyOf(broker.coordinated());
        Set<OpenTransaction> hanging = hanging(open, coordinated);
        Set<String> orphaned = orphaned(coordinated, startingInstance);
        hangingNow.set(hanging.size());
        for (OpenTransaction transaction : both(hanging, suspectedHanging)) {
            LOG.error(
                    "A transaction of producer {} hangs in {} since offset {}: no coordinator knows of it, and readers wait there; aborting it",
                    transaction.producerId(),
                    transaction.partition(),
                    transaction.startOffset());
            broker.abort(transaction);
            hangingAborted.increment();
        }
        for (String transactionalId : both(orphaned, suspectedOrphaned)) {
            LOG.warn("The process behind '{}' is gone and left a transaction open; aborting it", transactionalId);
            broker.fence(transactionalId);
            orphanedAborted.increment();
        }
        suspectedHanging = hanging;
        suspectedOrphaned = orphaned;
        return !hanging.isEmpty() || !orphaned.isEmpty();
    }

    private Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = broker.partitionsOf(topics);
        offsetsPartition().ifPresent(partitions::add);
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

    private Set<String> orphaned(Set<TransactionListing> coordinated, String startingInstance) {
        Set<String> candidates = coordinated.stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(applicationId + "-"))
                .filter(id -> !processOf(id).isEmpty())
                .collect(Collectors.toSet());
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
