package countinghouse.bench.speed.peer;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The textbook: Kafka Streams' DSL, duplicates looked up in a persistent window store of ids, a windowed count, exactly once. The record's key is
 * the account already, so nothing is repartitioned. Set by the guide to memory and by what the guide to configuration says of throughput: a
 * cache that holds a commit's changes, and compressed, larger producer batches.
 */
public final class DslMain {
    static final String SEEN = "seen";
    static final Duration HORIZON = Duration.ofHours(48);

    private static final Duration CELL = Duration.ofMinutes(15);
    private static final long CACHE_BYTES = 256L << 20;
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int LINGER_MS = 20;

    private DslMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        PeerOptions options = PeerOptions.parse(arguments);
        try (RedisCounts redis = new RedisCounts(options.redis(), options.application());
                KafkaStreams streams = new KafkaStreams(topology(options, redis), properties(options))) {
            streams.start();
            new CountDownLatch(1).await();
        }
    }

    private static Topology topology(PeerOptions options, RedisCounts redis) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.windowStoreBuilder(
                Stores.persistentWindowStore(SEEN, HORIZON, HORIZON, false), Serdes.String(), Serdes.Long()));
        builder.stream(
                        EventType.TICKET.topic(),
                        Consumed.with(Serdes.String(), tickets(options.registry()))
                                .withTimestampExtractor(new EventTime()))
                .processValues(DuplicateFilter::new, SEEN)
                .groupByKey(Grouped.with(Serdes.String(), tickets(options.registry())))
                .windowedBy(TimeWindows.ofSizeAndGrace(CELL, HORIZON))
                .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("counts")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long())
                        .withRetention(HORIZON.plus(CELL)))
                .toStream()
                .process(() -> new RedisSink(redis, Duration.ofMillis(options.flushIntervalMs())));
        return builder.build();
    }

    private static Properties properties(PeerOptions options) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, options.application());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, options.flushIntervalMs());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, options.folder().toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2000);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
        return properties;
    }

    /** Tickets are only read: nothing writes them, for nothing is repartitioned and the stores hold ids and counts. */
    private static Serde<TicketEvent> tickets(String registry) {
        EventDecoder decoder = new EventDecoder(new HttpSchemaRegistry(registry), EventType.TICKET);
        Deserializer<TicketEvent> deserializer = (topic, bytes) -> (TicketEvent) decoder.decode(bytes);
        return Serdes.serdeFrom(
                (topic, ticket) -> {
                    throw new UnsupportedOperationException("A ticket is not written");
                },
                deserializer);
    }

    /** Windows are of event time. */
    private static final class EventTime implements TimestampExtractor {
        @Override
        public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
            return ((TicketEvent) record.value()).getOccurredAtMs();
        }
    }
}
