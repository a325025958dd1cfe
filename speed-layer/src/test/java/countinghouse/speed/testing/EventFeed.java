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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends views with a known share of duplicates, ticks and rubbish, and keeps the truth: distinct views per account and video. */
public final class EventFeed implements AutoCloseable {
    private static final int ACCOUNTS = 20;
    private static final int VIDEOS = 5;
    private static final Duration SEND_INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private record SentView(String account, byte[] value) {}

    private final Random random = new Random(7);
    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final EventEncoder encoder = new EventEncoder(new FixedSchemas(), EventType.VIEW);
    private final List<SentView> sentViews = new ArrayList<>();
    private final Map<String, Long> truth = new HashMap<>();
    private Future<RecordMetadata> last;
    private int sent;

    public EventFeed(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
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

    /**
     * Sends a view to every partition that is appended at a given time, as if the broker's clock were there for a moment. Later records may be
     * appended earlier.
     */
    public void appendEverywhereAt(long appendTimeMs) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, EventType.VIEW.topic());
            stampedBy(admin, topic, "CreateTime");
            for (int partition = 0; partition < TestBroker.PARTITIONS; partition++) {
                byte[] value = encoder.encode(view("ahead-" + partition, "account-ahead", "video-0"));
                producer.send(new ProducerRecord<>(topic.name(), partition, appendTimeMs, null, value))
                        .get();
            }
            truth.merge("account-ahead/video-0", (long) TestBroker.PARTITIONS, Long::sum);
            stampedBy(admin, topic, "LogAppendTime");
        }
    }

    /** Waits until the broker does so; it learns of it a moment later than it answers. */
    private void stampedBy(Admin admin, ConfigResource topic, String clock) throws Exception {
        ConfigEntry entry = new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, clock);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        await().atMost(PATIENCE).until(() -> {
            long sentMs = System.currentTimeMillis() - Duration.ofMinutes(1).toMillis();
            ProducerRecord<byte[], byte[]> probe = new ProducerRecord<>(topic.name(), 0, sentMs, null, new byte[0]);
            probe.headers().add(Topics.TICK_HEADER, "1".getBytes(UTF_8));
            RecordMetadata appended = producer.send(probe).get();
            return (appended.timestamp() == sentMs) == clock.equals("CreateTime");
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
