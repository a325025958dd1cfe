package countinghouse.fault.oracle;

import countinghouse.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

    /** What the archive must say of a record: {@code kind|append time in ms|identity}, the identity only of events. */
    public String content(ConsumerRecord<byte[], byte[]> record) {
        if (PartitionOracle.isTick(record)) {
            return "tick|%d|".formatted(record.timestamp());
        }
        return decoder.decode(record.topic(), record.value())
                .map(event -> "event|%d|%s"
                        .formatted(record.timestamp(), EventKey.of(event).hex()))
                .orElseGet(() -> "undecodable|%d|".formatted(record.timestamp()));
    }

    /** How many records met each fate, by its lower-case name. */
    public Map<String, Long> fateNames() {
        Map<String, Long> all = new TreeMap<>();
        partitions.values().forEach(partition -> partition
                .fates()
                .forEach((fate, n) -> all.merge(fate.name().toLowerCase(Locale.ROOT), n, Long::sum)));
        return all;
    }
}
