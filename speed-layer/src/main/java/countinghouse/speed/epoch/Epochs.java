package countinghouse.speed.epoch;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.CountingConfig;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.FloorCodec;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.counts.ProgressCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which epoch the application counts in, and begins a new one when the state of the current one is lost or of another version. */
public final class Epochs {
    /** Raised with every change of what the state or its rows mean; a new epoch counts them anew. */
    static final int STATE_VERSION = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);
    private static final long FIRST = 1;

    private final String bootstrapServers;
    private final CountingConfig counting;
    private final ArchivedEnds archive;
    private final int stateVersion;

    public Epochs(String bootstrapServers, CountingConfig counting, ArchivedEnds archive) {
        this(bootstrapServers, counting, archive, STATE_VERSION);
    }

    Epochs(String bootstrapServers, CountingConfig counting, ArchivedEnds archive, int stateVersion) {
        this.bootstrapServers = bootstrapServers;
        this.counting = counting;
        this.archive = archive;
        this.stateVersion = stateVersion;
    }

    /**
     * The epoch to count in, begun if there is need to. When it returns, the epoch's topics exist and hold where to start from.
     *
     * @throws ConfigurationException if the current epoch was counted with another bucket width or horizon, or by a newer version
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer; nothing is half begun then
     */
    public Epoch enter(Admin admin) {
        EpochTopics topics = new EpochTopics(admin);
        topics.createLog();
        Optional<Epoch> current = EpochLog.current(bootstrapServers);
        if (current.isEmpty()) {
            return begin(FIRST, "the first", topics);
        }
        Epoch epoch = current.get();
        refuseOtherSettings(epoch);
        Optional<String> reason = reasonToLeave(epoch, topics);
        if (reason.isEmpty()) {
            return epoch;
        }
        LOG.warn("Epoch {} ends: {}. Counting anew in epoch {}", epoch.number(), reason.get(), epoch.number() + 1);
        return begin(epoch.number() + 1, reason.get(), topics);
    }

    /** Whether no other process has begun a newer epoch, and the state of this one is still there. */
    public boolean isCurrent(Epoch epoch, Admin admin) {
        boolean isLatest = EpochLog.current(bootstrapServers)
                .filter(latest -> latest.number() == epoch.number())
                .isPresent();
        return isLatest && new EpochTopics(admin).ids(epoch.number()).equals(epoch.topicIds());
    }

    private void refuseOtherSettings(Epoch epoch) {
        refuseOther("counting.bucket-width", counting.bucketWidth(), epoch.bucketWidth());
        refuseOther("counting.speed-horizon", counting.speedHorizon(), epoch.horizon());
        if (stateVersion < epoch.stateVersion()) {
            throw new ConfigurationException(
                    "The speed layer's state is of version %d; this build knows version %d. Start the newer build again"
                            .formatted(epoch.stateVersion(), stateVersion));
        }
    }

    private static void refuseOther(String key, Duration configured, Duration counted) {
        if (!configured.equals(counted)) {
            throw new ConfigurationException(
                    "The setting '%s' is '%s', but the data was counted with '%s'; it is fixed for the life of a deployment. Set it back"
                            .formatted(key, configured, counted));
        }
    }

    private Optional<String> reasonToLeave(Epoch epoch, EpochTopics topics) {
        if (stateVersion > epoch.stateVersion()) {
            return Optional.of(
                    "its state is of version %d, this build's of %d".formatted(epoch.stateVersion(), stateVersion));
        }
        if (!topics.ids(epoch.number()).equals(epoch.topicIds())) {
            return Optional.of("a changelog was lost or made anew");
        }
        return Optional.empty();
    }

    private Epoch begin(long number, String reason, EpochTopics topics) {
        topics.create(number);
        Map<TopicPartition, StartPoint> starts =
                number == FIRST && startsAtTheBeginning(topics) ? Map.of() : starts(topics);
        Epoch epoch = new Epoch(
                number,
                counting.bucketWidth(),
                counting.speedHorizon(),
                stateVersion,
                topics.ids(number),
                reason,
                Instant.now());
        Optional<Epoch> rivals = commit(epoch, starts);
        if (rivals.isPresent()) {
            return rivals.get();
        }
        // The last epoch's rows serve readers until this one has caught up; those before it serve nobody.
        for (long old = Math.max(FIRST, number - 3); old < number - 1; old++) {
            topics.delete(old);
        }
        return epoch;
    }

    /** A deployment's first epoch needs no archive, and one that counted before there was a log of epochs goes on where it was. */
    private static boolean startsAtTheBeginning(EpochTopics topics) {
        boolean isCountedAlready = topics.hasCommitted(FIRST) && !topics.areEmpty(FIRST);
        return isCountedAlready || topics.sourceBeginnings().values().stream().allMatch(beginning -> beginning == 0);
    }

    private Map<TopicPartition, StartPoint> starts(EpochTopics topics) {
        DuplicateHorizon horizon = DuplicateHorizon.of(counting.speedHorizon(), counting.bucketWidth());
        StartPoints points = new StartPoints(
                archive.newestFirst(),
                archive.oldestNeededBucketMs(),
                counting.bucketWidth().toMillis(),
                horizon);
        Map<TopicPartition, StartPoint> starts = new HashMap<>();
        topics.sourceBeginnings().forEach((source, beginning) -> points.of(source, beginning)
                .ifPresent(start -> starts.put(source, start)));
        return starts;
    }

    /**
     * Writes start points, the group's offsets and the epoch itself in one transaction. A rival that begins the same epoch is fenced, or fences
     * us, or was faster: then its epoch is returned and nothing is written.
     */
    private Optional<Epoch> commit(Epoch epoch, Map<TopicPartition, StartPoint> starts) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                Topics.SPEED_EPOCHS,
                "enable.metrics.push",
                false);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            // Only now is every rival shut out that has not committed yet.
            Optional<Epoch> faster =
                    EpochLog.current(bootstrapServers).filter(latest -> latest.number() >= epoch.number());
            if (faster.isPresent()) {
                return faster;
            }
            producer.beginTransaction();
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            starts.forEach((source, start) -> {
                Progress progress = new Progress(start.nextOffset(), start.runningMaximumMs());
                seed(producer, epoch, source, ProgressCodec.encodeKey(source), ProgressCodec.encodeValue(progress));
                seed(producer, epoch, source, FloorCodec.encodeKey(source), FloorCodec.encodeValue(start.floorMs()));
                offsets.put(source, new OffsetAndMetadata(start.nextOffset()));
            });
            if (!offsets.isEmpty()) {
                producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(epoch.applicationId()));
            }
            send(producer, EpochLog.entry(epoch));
            producer.commitTransaction();
            return Optional.empty();
        }
    }

    private static void seed(
            KafkaProducer<byte[], byte[]> producer, Epoch epoch, TopicPartition source, byte[] key, byte[] value) {
        send(producer, new ProducerRecord<>(Topics.usageCounts(epoch.number()), source.partition(), key, value));
    }

    /** A failure of any send makes the commit fail. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }
}
