package countinghouse.fault.oracle;

import countinghouse.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the log says that every count must be: written from design.md and docs/architecture/contracts.md, and sharing no code with {@code
 * metering}, so that a mistake there cannot hide here (ADR 0070). Records of one partition are given in the order of their offsets.
 */
public final class Oracle {
    private final RawDecoder decoder;
    private final Duration width;
    private final Duration horizon;
    private final Map<RowName, ExpectedRow> rows = new HashMap<>();
    private final Map<TopicPartition, PartitionOracle> partitions = new HashMap<>();

    /**
     * @param width of an ingest bucket
     * @param horizon of duplicates
     */
    public Oracle(SchemaRegistry registry, Duration width, Duration horizon) {
        this.decoder = new RawDecoder(registry);
        this.width = width;
        this.horizon = horizon;
    }

    public void count(ConsumerRecord<byte[], byte[]> record) {
        partitions
                .computeIfAbsent(
                        new TopicPartition(record.topic(), record.partition()),
                        ignored -> new PartitionOracle(decoder, width, horizon, rows))
                .count(record);
    }

    public Map<RowName, ExpectedRow> rows() {
        return rows;
    }

    /** How many records met each fate. */
    public Map<Fate, Long> fates() {
        Map<Fate, Long> all = new EnumMap<>(Fate.class);
        partitions.values().forEach(partition -> partition.fates().forEach((fate, n) -> all.merge(fate, n, Long::sum)));
        return all;
    }
}
