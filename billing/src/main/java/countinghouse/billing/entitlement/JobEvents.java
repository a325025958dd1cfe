package countinghouse.billing.entitlement;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.schemas.registry.RegistryException;
import countinghouse.schemas.registry.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code events.job} and keeps the places of jobs up to date, at least once and in the order of each account. Offsets are committed after
 * Redis has what they stand for; whatever fails is read again.
 */
public final class JobEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final JobEventConfig config;
    private final JobLeases leases;
    private final EventDecoder decoder;
    private final Thread thread = new Thread(this::run, "job-events");
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closing;

    private JobEvents(JobEventConfig config, Entitlements entitlements) {
        this.config = config;
        this.leases = new JobLeases(entitlements.counters());
        this.decoder = new EventDecoder(new HttpSchemaRegistry(config.registryUrl()), EventType.JOB);
    }

    /** Begins to follow, in a thread of its own. */
    public static JobEvents follow(JobEventConfig config, Entitlements entitlements) {
        JobEvents events = new JobEvents(config, entitlements);
        events.thread.setDaemon(true);
        events.thread.start();
        return events;
    }

    private void run() {
        while (!closing) {
            try (KafkaConsumer<byte[], byte[]> opened =
                    new KafkaConsumer<>(config.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                opened.subscribe(List.of(EventType.JOB.topic()));
                while (!closing) {
                    ConsumerRecords<byte[], byte[]> records = opened.poll(POLL);
                    records.forEach(this::accept);
                    if (!records.isEmpty()) {
                        opened.commitSync();
                    }
                }
            } catch (WakeupException e) {
                LOG.debug("Woken up to stop");
            } catch (KafkaException | CountersUnavailableException | RegistryException e) {
                LOG.warn("Job events are read again from the last commit", e);
                pause();
            }
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(Topics.TICK_HEADER) != null || record.value() == null) {
            return;
        }
        JobEvent event;
        try {
            event = (JobEvent) decoder.decode(record.value());
        } catch (UndecodableException e) {
            // The archive keeps it and the quarantine reports it; here it only says nothing.
            LOG.warn(
                    "{}-{}@{} is not a job event: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return;
        }
        leases.accept(event, Instant.ofEpochMilli(record.timestamp()));
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
