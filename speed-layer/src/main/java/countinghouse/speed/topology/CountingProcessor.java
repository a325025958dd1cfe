package countinghouse.speed.topology;

import countinghouse.kit.tracing.Tracing;
import countinghouse.schemas.registry.UndecodableException;
import countinghouse.speed.counts.CountsState;
import countinghouse.speed.dedup.IdentityState;
import countinghouse.speed.state.CommitHook;
import countinghouse.speed.state.StateOf;
import countinghouse.speed.trace.CountSpans;
import java.time.Clock;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts one task's records on the heap and writes the changes once per commit, inside the transaction (ADR 0020).
 *
 * <p>Invariant: whenever the state is dirty, the tick store's cache holds an entry ({@code armed}), so that no commit can pass the
 * flush by. Hence the state is changed first, then armed.
 */
final class CountingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(CountingProcessor.class);
    private static final Bytes TICK_KEY = Bytes.wrap(new byte[] {0});
    private static final byte[] TICK_VALUE = {0};

    private final EventDecoders decoders;
    private final CounterFactory counters;
    private final SpeedMetrics metrics;
    private final Tracing tracing;
    private final ConflictLog conflicts = new ConflictLog(Clock.systemUTC());

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> identityStore;
    private KeyValueStore<Bytes, byte[]> countStore;
    private KeyValueStore<Bytes, byte[]> tickStore;
    private IdentityState identities;
    private CountsState counts;
    private CountSpans spans;
    private CommitHook hook;
    private EventCounter counter;
    private boolean armed;
    /** Of the last record; records of one source come in runs. */
    private TopicPartition lastSource;

    /** Makes the counter of a task's state. */
    @FunctionalInterface
    interface CounterFactory {
        EventCounter counter(IdentityState identities, CountsState counts);
    }

    CountingProcessor(EventDecoders decoders, CounterFactory counters, SpeedMetrics metrics, Tracing tracing) {
        this.decoders = decoders;
        this.counters = counters;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        // Streams revives a corrupted task with the same processor object, so everything is set anew.
        context = processorContext;
        identityStore = context.getStateStore(SpeedTopology.IDS);
        countStore = context.getStateStore(SpeedTopology.COUNTS);
        tickStore = context.getStateStore(SpeedTopology.TICK);
        identities = StateOf.in(identityStore, IdentityState.class);
        counts = StateOf.in(countStore, CountsState.class);
        counter = counters.counter(identities, counts);
        spans = new CountSpans(tracing, context.taskId().partition());
        armed = false;
        hook = StateOf.in(tickStore, CommitHook.class);
        hook.connect(this::flush);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of an event topic has no position"));
        TopicPartition source = sourceOf(metadata);
        Outcome outcome = count(source, metadata.offset(), record);
        metrics.processed(outcome);
        spans.counted(source, metadata.offset(), record.headers(), outcome);
        arm();
    }

    private TopicPartition sourceOf(RecordMetadata metadata) {
        boolean isLast = lastSource != null
                && lastSource.partition() == metadata.partition()
                && lastSource.topic().equals(metadata.topic());
        if (!isLast) {
            lastSource = new TopicPartition(metadata.topic(), metadata.partition());
        }
        return lastSource;
    }

    private Outcome count(TopicPartition source, long offset, Record<byte[], byte[]> record) {
        if (counter.hasPassed(source, offset)) {
            return Outcome.REPLAYED;
        }
        reportGap(source, offset);
        if (Ticks.isTick(record)) {
            counter.pass(source, offset, record.timestamp());
            Ticks.floorMs(record).ifPresent(floorMs -> counts.raiseFloor(source, floorMs));
            return Outcome.TICK;
        }
        EventDecoders.Decoded decoded;
        try {
            decoded = decoders.decode(source.topic(), record.value());
        } catch (UndecodableException e) {
            LOG.warn("The record {}@{} is no event and goes to quarantine: {}", source, offset, e.getMessage());
            unretried(() -> context.forward(Quarantine.record(record, e)));
            counter.pass(source, offset, record.timestamp());
            return Outcome.UNDECODABLE;
        }
        Outcome outcome = counter.count(source, offset, record.timestamp(), decoded.event(), decoded.payloadDigest());
        if (outcome == Outcome.CONFLICT) {
            metrics.conflict(decoded.event().type());
            conflicts.report(source, offset, decoded.event());
        }
        return outcome;
    }

    private void reportGap(TopicPartition source, long offset) {
        long missing = counts.missingBefore(source, offset);
        if (missing > 0) {
            metrics.missed(missing);
            LOG.error(
                    "{} records of {} before offset {} are missing: live counts lack them until the batch layer has counted them",
                    missing,
                    source,
                    offset);
        }
    }

    private void arm() {
        if (!armed) {
            armed = true;
            unretried(() -> tickStore.put(TICK_KEY, TICK_VALUE));
        }
    }

    void flush() {
        armed = false;
        unretried(() -> {
            identities.flush((key, value) -> identityStore.put(Bytes.wrap(key), value));
            metrics.flushed(counts.flush(this::writeCount));
            spans.flush(this::writeCount);
        });
    }

    private void writeCount(byte[] key, byte[] value) {
        countStore.put(Bytes.wrap(key), value);
    }

    /** Streams retries a record or a commit after a time-out, when the heap has changed already; the task must restart instead. */
    private static void unretried(Runnable write) {
        try {
            write.run();
        } catch (TimeoutException e) {
            throw new StreamsException("Cannot write to Kafka in time; the task restarts from its last commit", e);
        }
    }

    @Override
    public void close() {
        hook.disconnect();
    }
}
