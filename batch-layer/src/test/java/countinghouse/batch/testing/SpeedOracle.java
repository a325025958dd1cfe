package countinghouse.batch.testing;

import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.UndecodableException;
import countinghouse.testing.broker.TestBrokerProcess;
import countinghouse.testing.registry.FixedSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import redis.clients.jedis.Jedis;

/** What the speed layer would have written to Redis by now, computed naively: every record read again, everything kept. */
public final class SpeedOracle {
    private static final long EPOCH = 1;

    private final String bootstrapServers;
    private final long bucketWidthMs;
    private final CountingSchedule schedule;

    public SpeedOracle(String bootstrapServers, Duration bucketWidth, CountingSchedule schedule) {
        this.bootstrapServers = bootstrapServers;
        this.bucketWidthMs = bucketWidth.toMillis();
        this.schedule = schedule;
    }

    /** Replaces the rows that Redis holds by those of the whole log; from which bucket on they count stays as it is. */
    public void write(Jedis redis) {
        String floor = Optional.ofNullable(redis.get(RedisKeys.SPEED_FLOOR)).orElse("0");
        redis.flushAll();
        for (EventType type : EventType.values()) {
            for (int partition = 0; partition < TestBrokerProcess.PARTITIONS; partition++) {
                write(redis, new TopicPartition(type.topic(), partition), type);
            }
        }
        redis.set(RedisKeys.SPEED_FLOOR, floor);
        redis.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
        redis.set(RedisKeys.EPOCH, Long.toString(EPOCH));
    }

    private void write(Jedis redis, TopicPartition source, EventType type) {
        Map<RowKey, RowValue> rows = new HashMap<>();
        Set<String> seen = new HashSet<>();
        EventDecoder decoder = new EventDecoder(new FixedSchemas(), type);
        AvroEvents events = new AvroEvents(type);
        long maximum = 0;
        List<ConsumerRecord<byte[], byte[]>> log = read(source);
        for (ConsumerRecord<byte[], byte[]> record : log) {
            maximum = Math.max(maximum, record.timestamp());
            long bucket = maximum / bucketWidthMs * bucketWidthMs;
            if (record.headers().lastHeader(Topics.TICK_HEADER) == null) {
                try {
                    Event event = events.event(decoder.decode(record.value()));
                    boolean isFirst = seen.add(event.account() + "/" + event.source() + "/" + event.id());
                    if (isFirst
                            && new EventRules()
                                    .violation(event, record.timestamp())
                                    .isEmpty()) {
                        count(rows, event, record, bucket);
                    }
                } catch (UndecodableException e) {
                    // Counts for nothing.
                }
            }
        }
        rows.forEach((key, value) -> {
            redis.hset(RedisKeys.rows(key.account(), key.meter(), EPOCH), RowText.field(key), RowText.value(value));
            redis.sadd(RedisKeys.accounts(EPOCH), key.account());
        });
        redis.hset(RedisKeys.progress(EPOCH), source.toString(), log.size() + "|" + maximum);
    }

    private void count(Map<RowKey, RowValue> rows, Event event, ConsumerRecord<byte[], byte[]> record, long bucket) {
        schedule.evaluatorAt(bucket)
                .contributions(
                        event,
                        (meter, account, dimensions, cellMs, contribution) -> rows.merge(
                                new RowKey(
                                        meter.slug(),
                                        account,
                                        dimensions,
                                        cellMs,
                                        bucket,
                                        record.topic() + "-" + record.partition()),
                                RowValue.of(
                                        contribution,
                                        Fingerprint.of(
                                                record.topic(),
                                                record.partition(),
                                                record.offset(),
                                                Identity.of(event),
                                                contribution)),
                                (left, right) -> left.merge(meter.aggregation(), right)));
    }

    private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition source) {
        List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "fetch.max.wait.ms",
                        "20"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(source));
            consumer.seekToBeginning(List.of(source));
            long end = consumer.endOffsets(List.of(source)).get(source);
            while (log.size() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(log::add);
            }
        }
        return log;
    }
}
