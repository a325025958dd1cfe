package countinghouse.speed.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.registry.FixedSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends views with a known share of duplicates, ticks and rubbish, and keeps the truth: distinct views per account and video. */
public final class EventFeed implements AutoCloseable {
    private static final int ACCOUNTS = 20;
    private static final int VIDEOS = 5;
    private static final Duration SEND_INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private record SentView(String account, byte[] value) {}

    private final Random random = new Random(7);
    private final KafkaProducer<byte[], byte[]> producer;
    private final EventEncoder encoder = new EventEncoder(new FixedSchemas(), EventType.VIEW);
    private final List<SentView> sentViews = new ArrayList<>();
    private final Map<String, Long> truth = new HashMap<>();
    private Future<RecordMetadata> last;
    private int sent;

    public EventFeed(String bootstrapServers) {
        producer = new KafkaProducer<>(
                // One request at a time: a broker that has just become leader may take a later batch first, and then
                // never the earlier one.
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Account and video to distinct views, as {@code account/video}. */
    public Map<String, Long> truth() {
        return truth;
    }

    /** Sends new views and after every tenth an old one again, with an undecodable record and a tick per partition among them. */
    public void send(int views) throws ExecutionException, InterruptedException {
        for (int i = 0; i < views; i++) {
            String id = "view-" + sent;
            String account = "account-" + random.nextInt(ACCOUNTS);
            String video = "video-" + random.nextInt(VIDEOS);
            byte[] value = encoder.encode(view(id, account, video));
            SentView view = new SentView(account, value);
            sendView(view);
            sentViews.add(view);
            if (sent % 10 == 0) {
                // Mostly of an earlier process's time: its ids must have survived it.
                sendView(sentViews.get(random.nextInt(sentViews.size())));
            }
            truth.merge(account + "/" + video, 1L, Long::sum);
            sent++;
        }
        sendView(new SentView("account-0", "no event".getBytes(UTF_8)));
        sendTicks();
        last.get();
    }

    /** Sends a few views at a time until a while has passed, so that they lie in several buckets. */
    public void sendFor(Duration duration) {
        long endNanos = System.nanoTime() + duration.toNanos();
        await().pollInterval(SEND_INTERVAL).atMost(duration.plus(PATIENCE)).until(() -> {
            send(20);
            return System.nanoTime() >= endNanos;
        });
    }

    private void sendTicks() {
        for (int partition = 0; partition < TestBroker.PARTITIONS; partition++) {
            ProducerRecord<byte[], byte[]> tick =
                    new ProducerRecord<>(EventType.VIEW.topic(), partition, null, new byte[0]);
            tick.headers().add(Topics.TICK_HEADER, "1".getBytes(UTF_8));
            last = producer.send(tick);
        }
    }

    private void sendView(SentView view) {
        int partition = Partitioning.partitionOf(view.account(), TestBroker.PARTITIONS);
        last = producer.send(new ProducerRecord<>(
                EventType.VIEW.topic(), partition, view.account().getBytes(UTF_8), view.value()));
    }

    private static ViewEvent view(String id, String account, String video) {
        return ViewEvent.newBuilder()
                .setId(id)
                .setSource("feed")
                .setAccount(account)
                .setOccurredAtMs(System.currentTimeMillis())
                .setVideoId(video)
                .setUserId("user")
                .setViewDuration(60)
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
