package countinghouse.speed.topology;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.SchemaRegistry;
import countinghouse.speed.counts.CountsState;
import countinghouse.speed.dedup.DedupMemory;
import countinghouse.speed.dedup.IdentityState;
import countinghouse.speed.state.HeapStores;
import java.util.Arrays;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * One sub-topology over all event topics: task <i>n</i> counts partition <i>n</i> of each. Its output is the changelog of {@link #COUNTS};
 * the changelogs get their names from the application id and the stores', and must exist in the topic catalogue.
 */
public final class SpeedTopology {
    static final String IDS = "ids";
    static final String COUNTS = "counts";
    static final String TICK = "tick";

    private static final String SOURCE = "events";
    private static final String COUNTER = "count";
    private static final String QUARANTINE = "quarantine";

    private SpeedTopology() {}

    /** The topology; every task decodes, judges and counts with objects of its own. */
    public static Topology of(
            CountingConfig counting,
            CountingSchedule schedule,
            SchemaRegistry registry,
            DedupMemory memory,
            SpeedMetrics metrics,
            MeteredAmounts amounts,
            Tracing tracing) {
        return around(counting, memory, () -> processor(schedule, registry, metrics, amounts, tracing));
    }

    static CountingProcessor processor(
            CountingSchedule schedule,
            SchemaRegistry registry,
            SpeedMetrics metrics,
            MeteredAmounts amounts,
            Tracing tracing) {
        EventRules rules = new EventRules();
        return new CountingProcessor(
                new EventDecoders(registry),
                (identities, counts) -> new EventCounter(rules, schedule, identities, counts, amounts),
                metrics,
                tracing);
    }

    /** The topology around a processor that uses its stores. */
    static Topology around(
            CountingConfig counting, DedupMemory memory, ProcessorSupplier<byte[], byte[], byte[], byte[]> counter) {
        DuplicateHorizon horizon = DuplicateHorizon.of(counting.speedHorizon(), counting.bucketWidth());
        String[] topics =
                Arrays.stream(EventType.values()).map(EventType::topic).toArray(String[]::new);
        return new Topology()
                .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics)
                .addProcessor(COUNTER, counter, SOURCE)
                .addSink(QUARANTINE, Topics.QUARANTINE, new ByteArraySerializer(), new ByteArraySerializer(), COUNTER)
                .addStateStore(HeapStores.logged(IDS, () -> new IdentityState(horizon, memory)), COUNTER)
                .addStateStore(HeapStores.logged(COUNTS, () -> new CountsState(counting.bucketWidth())), COUNTER)
                .addStateStore(HeapStores.tick(TICK), COUNTER);
    }
}
