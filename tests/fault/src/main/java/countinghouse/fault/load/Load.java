package countinghouse.fault.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that sends at a steady rate whatever happens to the broker. A send has three outcomes: acknowledged, which the log must
 * confirm; refused; or unknown. Whatever is not acknowledged is sent again until it is, as an honest producer does; the duplicates that this
 * makes are the platform's to find.
 */
public final class Load implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final long TURN_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final EventMix mix;
    private final int eventsPerSecond;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Acknowledged acknowledged = new Acknowledged();
    private final Queue<ProducerRecord<byte[], byte[]>> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicLong outstanding = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private final Object turn = new Object();
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean sending;
    private volatile boolean stopping;

    private Load(String bootstrapServers, EventMix mix, int eventsPerSecond) {
        this.mix = mix;
        this.eventsPerSecond = eventsPerSecond;
        this.producer =
                new KafkaProducer<>(settings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        thread.setDaemon(true);
    }

    /** A load that waits to be resumed. */
    public static Load start(String bootstrapServers, EventMix mix, int eventsPerSecond) {
        Load load = new Load(bootstrapServers, mix, eventsPerSecond);
        load.thread.start();
        return load;
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Short enough that a broker's absence does give outcomes that are unknown.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    public void resume() {
        sending = true;
        LockSupport.unpark(thread);
    }

    /** Stops making new events; when it returns, none is being made. Those that were made are still sent until they are acknowledged. */
    public void pause() {
        sending = false;
        synchronized (turn) {
            // The turn that was under way, if any, has ended.
        }
    }

    /** Whether every event that was made is acknowledged. */
    public boolean isDelivered() {
        return !sending && unacknowledged() == 0;
    }

    /** Events made and not acknowledged. */
    public long unacknowledged() {
        return outstanding.get();
    }

    /** Sends whose outcome was not a success, each of which was tried again. */
    public long resent() {
        return resent.get();
    }

    public Acknowledged acknowledged() {
        return acknowledged;
    }

    private void run() {
        long due = System.nanoTime();
        double owed = 0;
        while (!stopping) {
            due += TURN_NANOS;
            resend();
            synchronized (turn) {
                if (sending) {
                    owed += eventsPerSecond
                            * (double) TURN_NANOS
                            / Duration.ofSeconds(1).toNanos();
                    for (; owed >= 1 && sending; owed--) {
                        outstanding.incrementAndGet();
                        send(mix.next());
                    }
                }
            }
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                // What a slow moment did not send is not caught up with a burst.
                due = System.nanoTime();
            }
        }
    }

    private void resend() {
        for (int n = unanswered.size(); n > 0 && !stopping; n--) {
            resent.incrementAndGet();
            send(unanswered.poll());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the outcome
    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record, (metadata, failure) -> answered(record, metadata, failure));
        } catch (KafkaException e) {
            LOG.debug("A send was refused and is tried again", e);
            unanswered.add(record);
        }
    }

    /** Without an offset nobody can look the record up, so its outcome is as unknown as after a failure. */
    private void answered(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata, Exception failure) {
        if (failure == null && metadata.hasOffset()) {
            acknowledged.add(metadata, record.value());
            outstanding.decrementAndGet();
        } else {
            unanswered.add(record);
        }
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        producer.close(CLOSE_TIMEOUT);
    }
}
