package countinghouse.speed.testing;

import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.counts.ProgressCodec;
import countinghouse.testing.broker.TestBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed data finds on a counts topic, as it goes on reading. */
public final class CommittedCounts implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<RowKey, RowValue> rows = new HashMap<>();
    private final Map<TopicPartition, Progress> progress = new HashMap<>();

    public CommittedCounts(String bootstrapServers) {
        this(bootstrapServers, Topics.USAGE_COUNTS);
    }

    public CommittedCounts(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes over what was committed since the last call. */
    public void read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (ProgressCodec.isProgress(record.key())) {
                progress.put(ProgressCodec.decodeKey(record.key()), ProgressCodec.decodeValue(record.value()));
            } else if (RowCodec.isRow(record.key()) && record.value() == null) {
                rows.remove(RowCodec.decodeKey(record.key()));
            } else if (RowCodec.isRow(record.key())) {
                rows.put(RowCodec.decodeKey(record.key()), RowCodec.decodeValue(record.value()));
            }
        }
    }

    /** Whether the rows cover every record that the view topic has now. */
    public boolean coversAllViews() {
        read();
        List<TopicPartition> views = partitions(EventType.VIEW.topic());
        return consumer.endOffsets(views).entrySet().stream()
                .allMatch(end -> nextOffset(end.getKey()) == end.getValue());
    }

    /** How many records of the view topic the rows cover. */
    public long viewsPassed() {
        read();
        return partitions(EventType.VIEW.topic()).stream()
                .mapToLong(this::nextOffset)
                .sum();
    }

    public Map<RowKey, RowValue> rows() {
        return rows;
    }

    public Map<TopicPartition, Progress> progress() {
        return progress;
    }

    /** Views as {@code account/video}, as {@link EventFeed#truth()} has them. */
    public Map<String, Long> views() {
        Map<String, Long> views = new HashMap<>();
        rows.forEach((key, row) -> {
            if (key.meter().equals("views")) {
                String video = Dimensions.parse(key.dimensions()).get("video_id");
                views.merge(key.account() + "/" + video, row.n(), Long::sum);
            }
        });
        return views;
    }

    private long nextOffset(TopicPartition partition) {
        Progress reached = progress.get(partition);
        return reached == null ? 0 : reached.nextOffset();
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, TestBroker.PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
