package countinghouse.speed.topology;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.CountsState;
import countinghouse.speed.dedup.DedupMemory;
import countinghouse.speed.dedup.IdentityState;
import countinghouse.speed.state.RestorableState;
import countinghouse.speed.state.StateOf;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology in Streams' test driver, which commits after each record, and its two changelogs, from which a restart restores it.
 * The driver numbers records from 0 after every restart, so a restart replays the log from its beginning: all of it is known already.
 */
final class DrivenTopology implements AutoCloseable {
    private record Change(byte[] key, byte[] value) {}

    private final CountingConfig counting;
    private final String stateDirectory;
    private final List<LogLine> log;
    private final Map<String, List<Change>> changelogs = new HashMap<>();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    /** So little that nearly every identity lies on disk. */
    private final DedupMemory memory;

    private TopologyTestDriver driver;
    private Map<String, TestInputTopic<byte[], byte[]>> inputs;
    private int next;

    DrivenTopology(CountingConfig counting, String stateDirectory, List<LogLine> log) {
        this.counting = counting;
        this.stateDirectory = stateDirectory;
        this.log = log;
        this.memory = new DedupMemory(0, Path.of(stateDirectory, "dedup"));
        changelogs.put(Topics.USAGE_COUNTS, new ArrayList<>());
        changelogs.put(Topics.SPEED_IDS, new ArrayList<>());
        open();
    }

    /** Processes the records up to an index. */
    void runTo(int end) {
        while (next < end) {
            pipe(log.get(next++));
        }
        collect();
    }

    /** Stops, and starts again from the changelogs, compacted or not. */
    void restart(boolean compacted) {
        int reached = next;
        driver.close();
        if (compacted) {
            changelogs.replaceAll((topic, changes) -> compacted(changes));
        }
        open();
        restore(SpeedTopology.IDS, Topics.SPEED_IDS, IdentityState.class);
        restore(SpeedTopology.COUNTS, Topics.USAGE_COUNTS, CountsState.class);
        next = 0;
        runTo(reached);
    }

    /** What a reader of the counts topic holds. */
    Map<RowKey, RowValue> rows() {
        Map<RowKey, RowValue> rows = new HashMap<>();
        for (Change change : changelogs.get(Topics.USAGE_COUNTS)) {
            if (RowCodec.isRow(change.key())) {
                rows.put(RowCodec.decodeKey(change.key()), RowCodec.decodeValue(change.value()));
            }
        }
        return rows;
    }

    double processed(Outcome outcome) {
        return metrics.counter("countinghouse.speed.records", "outcome", outcome.tag())
                .count();
    }

    private void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.speedApplication(1));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                SpeedTopology.of(
                        counting,
                        TestMeters.schedule(),
                        new FixedSchemas(),
                        memory,
                        new SpeedMetrics(metrics),
                        MeteredAmounts.untold(),
                        Tracing.off()),
                properties);
        inputs = new HashMap<>();
    }

    private void pipe(LogLine line) {
        boolean isTick = line.kind() == LogLine.Kind.TICK;
        RecordHeaders headers = new RecordHeaders();
        if (isTick) {
            headers.add(Topics.TICK_HEADER, "0".getBytes(StandardCharsets.UTF_8));
        }
        byte[] key = isTick ? null : line.account().getBytes(StandardCharsets.UTF_8);
        inputs.computeIfAbsent(
                        line.type().topic(),
                        topic -> driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(new TestRecord<>(key, line.value(), headers, Instant.ofEpochMilli(line.appendTimeMs())));
    }

    private void collect() {
        changelogs.forEach((topic, changes) -> {
            if (driver.producedTopicNames().contains(topic)) {
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList()
                        .forEach(record -> changes.add(new Change(record.key(), record.value())));
            }
        });
    }

    private void restore(String store, String topic, Class<? extends RestorableState> type) {
        RestorableState state = StateOf.in(driver.getKeyValueStore(store), type);
        changelogs.get(topic).forEach(change -> state.restore(change.key(), change.value()));
    }

    /** Kafka keeps the last entry of each key, where it stood. */
    private static List<Change> compacted(List<Change> changes) {
        Map<ByteBuffer, Change> kept = new LinkedHashMap<>();
        for (Change change : changes) {
            ByteBuffer key = ByteBuffer.wrap(change.key());
            kept.remove(key);
            kept.put(key, change);
        }
        return new ArrayList<>(kept.values());
    }

    @Override
    public void close() {
        driver.close();
    }
}
