package countinghouse.batch.seal;

import countinghouse.batch.generation.Generations;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Closes every bucket that ends by now: a tick in every partition of every event topic, appended at or after the end, moves the
 * running maximum of even an idle partition past it. From then on no record can join a closed bucket. The ticks also tell the speed layer
 * which rows nobody needs any more (ADR 0028).
 */
public final class Seal {
    private static final int ROUNDS = 60;

    private final KafkaConfig kafka;
    private final Duration bucketWidth;
    private final Clock clock;
    private final Runs runs;
    private final Generations generations;

    public Seal(KafkaConfig kafka, Duration bucketWidth, Clock clock, Runs runs, Generations generations) {
        this.kafka = kafka;
        this.bucketWidth = bucketWidth;
        this.clock = clock;
        this.runs = runs;
        this.generations = generations;
    }

    /** Seals once per run; repeated, it tells what it did. */
    public Sealed seal(Run run) {
        return runs.outcome(run, Sealed.STEP).orElseGet(() -> {
            SealTick tick = new SealTick(
                    BucketClock.startOf(clock.millis(), bucketWidth.toMillis()), generations.oldestNeededBucketMs());
            Sealed sealed = sealThrough(tick);
            runs.record(run, Sealed.STEP, sealed);
            return sealed;
        });
    }

    private Sealed sealThrough(SealTick tick) {
        Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            Map<TopicPartition, Future<RecordMetadata>> pending = new HashMap<>();
            for (EventType type : EventType.values()) {
                for (int partition = 0; partition < kafka.partitions(); partition++) {
                    TopicPartition target = new TopicPartition(type.topic(), partition);
                    pending.put(target, producer.send(tick.record(target)));
                }
            }
            for (int round = 0; !pending.isEmpty(); round++) {
                pending = settle(producer, pending, tick, offsets, round);
            }
        }
        return new Sealed(tick.closedThroughMs(), offsets);
    }

    /** Waits for the ticks; those that a broker with a slow clock stamped too early are sent again. */
    private static Map<TopicPartition, Future<RecordMetadata>> settle(
            KafkaProducer<byte[], byte[]> producer,
            Map<TopicPartition, Future<RecordMetadata>> pending,
            SealTick tick,
            Map<String, Map<Integer, Long>> offsets,
            int round) {
        Map<TopicPartition, Future<RecordMetadata>> again = new HashMap<>();
        pending.forEach((target, sent) -> {
            RecordMetadata stored = await(target, sent);
            if (stored.timestamp() >= tick.closedThroughMs()) {
                offsets.computeIfAbsent(target.topic(), ignored -> new TreeMap<>())
                        .put(target.partition(), stored.offset());
            } else if (round == ROUNDS) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY,
                        "The broker of %s stamps records %d ms before this machine's clock; set the clocks right"
                                .formatted(target, tick.closedThroughMs() - stored.timestamp()));
            } else {
                again.put(target, producer.send(tick.record(target)));
            }
        });
        return again;
    }

    private static RecordMetadata await(TopicPartition target, Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot append a tick to %s: %s; check Kafka, then run the same run id again"
                            .formatted(target, e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while sealing %s".formatted(target), e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, "100",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
