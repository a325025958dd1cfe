package countinghouse.speed.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.http.Json;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.QuarantinedEvent;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.speed.counts.FloorCodec;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.counts.ProgressCodec;
import countinghouse.speed.dedup.DedupMemory;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedTopologyTest {
    private static final Instant NOW = Instant.parse("2026-10-10T10:10:10Z");
    private static final TopicPartition VIEWS = new TopicPartition(EventType.VIEW.topic(), 0);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final EventEncoder encoder = new EventEncoder(new FixedSchemas(), EventType.VIEW);

    @TempDir
    Path stateDirectory;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> views;

    @BeforeEach
    void start() {
        CountingConfig counting =
                new CountingConfig(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(2));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.speedApplication(1));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                SpeedTopology.of(
                        counting,
                        CountingSchedule.standard(),
                        new FixedSchemas(),
                        new DedupMemory(1 << 20, stateDirectory),
                        new SpeedMetrics(metrics),
                        MeteredAmounts.told(CountingSchedule.standard().meters(), metrics),
                        Tracing.off()),
                properties);
        views = driver.createInputTopic(EventType.VIEW.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldNameItsChangelogsAsTheTopicCatalogueDoes() {
        pipe("id", NOW);

        assertThat(driver.producedTopicNames()).containsExactlyInAnyOrder(Topics.USAGE_COUNTS, Topics.SPEED_IDS);
    }

    @Test
    void shouldWriteAbsoluteRowsAndThenTheProgressThatCoversThem() {
        pipe("first", NOW);
        pipe("first", NOW);
        pipe("second", NOW);

        List<TestRecord<byte[], byte[]>> changes = changes(Topics.USAGE_COUNTS);
        assertThat(rowsOf(changes, "views")).containsExactly(1L, 2L);
        assertThat(changes)
                .extracting(change -> ProgressCodec.isProgress(change.key()))
                .last()
                .isEqualTo(true);
        assertThat(lastProgress(changes)).isEqualTo(new Progress(3, NOW.toEpochMilli()));
        assertThat(processed(Outcome.COUNTED)).isEqualTo(2);
        assertThat(processed(Outcome.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void shouldTellWhatWasCountedOfEachMeterAndNoDuplicates() {
        pipe("first", NOW);
        pipe("first", NOW);
        pipe("second", NOW);

        assertThat(metered("views")).isEqualTo(2);
        assertThat(metered("ad_revenue")).isZero();
        assertThat(metrics.find("countinghouse.speed.metered")
                        .tag("meter", "unique_viewers")
                        .counter())
                .as("what does not add up")
                .isNull();
    }

    @Test
    void shouldMoveTheClockAndCountNothingForATick() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.TICK_HEADER, Long.toString(NOW.toEpochMilli()).getBytes(UTF_8));

        views.pipeInput(new TestRecord<>(null, new byte[0], headers, NOW));

        List<TestRecord<byte[], byte[]>> changes = changes(Topics.USAGE_COUNTS);
        assertThat(changes).hasSize(1);
        assertThat(lastProgress(changes)).isEqualTo(new Progress(1, NOW.toEpochMilli()));
        assertThat(processed(Outcome.TICK)).isEqualTo(1);
    }

    @Test
    void shouldDropTheRowsBelowTheFloorOfATickAndSayThatBeforeTheTombstones() {
        Instant later = NOW.plusSeconds(60);
        long floorMs = later.minusSeconds(10).toEpochMilli();
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.TICK_HEADER, Long.toString(floorMs).getBytes(UTF_8));
        headers.add(Topics.FLOOR_HEADER, Long.toString(floorMs).getBytes(UTF_8));
        pipe("id", NOW);
        changes(Topics.USAGE_COUNTS);

        views.pipeInput(new TestRecord<>(null, new byte[0], headers, later));

        List<TestRecord<byte[], byte[]>> changes = changes(Topics.USAGE_COUNTS);
        assertThat(FloorCodec.decodeKey(changes.get(0).key())).isEqualTo(VIEWS);
        assertThat(FloorCodec.decodeValue(changes.get(0).value())).isEqualTo(floorMs);
        assertThat(changes.subList(1, changes.size() - 1)).isNotEmpty().allSatisfy(change -> {
            assertThat(RowCodec.isRow(change.key())).isTrue();
            assertThat(change.value()).isNull();
        });
    }

    @Test
    void shouldHoldItsRowsWhenAFloorIsNoNumber() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.TICK_HEADER, "1".getBytes(UTF_8));
        headers.add(Topics.FLOOR_HEADER, "soon".getBytes(UTF_8));
        pipe("id", NOW);
        changes(Topics.USAGE_COUNTS);

        views.pipeInput(new TestRecord<>(null, new byte[0], headers, NOW.plusSeconds(60)));

        assertThat(changes(Topics.USAGE_COUNTS)).hasSize(1);
    }

    @Test
    void shouldQuarantineAnUndecodableRecordAndGoOn() {
        views.pipeInput("account".getBytes(UTF_8), "rubbish".getBytes(UTF_8), NOW);
        pipe("id", NOW);

        List<TestRecord<byte[], byte[]>> quarantined = changes(Topics.QUARANTINE);
        assertThat(quarantined)
                .extracting(record -> Json.mapper().readValue(record.value(), QuarantinedEvent.class))
                .extracting(QuarantinedEvent::reason, QuarantinedEvent::account, QuarantinedEvent::receivedAt)
                .containsExactly(tuple("undecodable", "account", NOW.toEpochMilli()));
        assertThat(rowsOf(changes(Topics.USAGE_COUNTS), "views")).containsExactly(1L);
    }

    @Test
    void shouldTreatAValueOfAnUnknownSchemaAsUndecodable() {
        views.pipeInput("account".getBytes(UTF_8), new byte[] {0, 0, 0, 1, 0, 1}, NOW);

        assertThat(processed(Outcome.UNDECODABLE)).isEqualTo(1);
    }

    @Test
    void shouldLetAnInvalidFirstArrivalUseUpItsId() {
        pipe("id", NOW.plus(Duration.ofHours(1)));
        pipe("id", NOW);

        assertThat(rowsOf(changes(Topics.USAGE_COUNTS), "views")).isEmpty();
        assertThat(processed(Outcome.INVALID)).isEqualTo(1);
        assertThat(processed(Outcome.CONFLICT)).isEqualTo(1);
    }

    @Test
    void shouldReportAnotherPayloadUnderTheSameIdentityAndCountTheFirst() {
        pipe("id", NOW);
        pipe(view("id", NOW).setViewDuration(31).build());
        pipe("id", NOW);

        assertThat(rowsOf(changes(Topics.USAGE_COUNTS), "views")).containsExactly(1L);
        assertThat(processed(Outcome.CONFLICT)).isEqualTo(1);
        assertThat(processed(Outcome.DUPLICATE)).isEqualTo(1);
        assertThat(metrics.counter("countinghouse.speed.conflicts", "type", "view")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldLeaveOutWhatTheDoorAddsWhenItComparesPayloads() {
        pipe(view("id", NOW).setOccurredAtStamped(true).setClientNetwork("a").build());
        pipe(view("id", NOW.minusSeconds(1))
                .setOccurredAtStamped(true)
                .setClientNetwork("b")
                .build());

        assertThat(processed(Outcome.DUPLICATE)).isEqualTo(1);
        assertThat(processed(Outcome.CONFLICT)).isZero();
    }

    private void pipe(String id, Instant occurredAt) {
        pipe(view(id, occurredAt).build());
    }

    private static ViewEvent.Builder view(String id, Instant occurredAt) {
        return ViewEvent.newBuilder()
                .setId(id)
                .setSource("source")
                .setAccount("account")
                .setOccurredAtMs(occurredAt.toEpochMilli())
                .setVideoId("video")
                .setUserId("user");
    }

    private void pipe(ViewEvent view) {
        views.pipeInput("account".getBytes(UTF_8), encoder.encode(view), NOW);
    }

    private List<TestRecord<byte[], byte[]>> changes(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static List<Long> rowsOf(List<TestRecord<byte[], byte[]>> changes, String meter) {
        return changes.stream()
                .filter(change -> RowCodec.isRow(change.key()))
                .filter(change -> RowCodec.decodeKey(change.key()).meter().equals(meter))
                .map(change -> RowCodec.decodeValue(change.value()).n())
                .toList();
    }

    private static Progress lastProgress(List<TestRecord<byte[], byte[]>> changes) {
        TestRecord<byte[], byte[]> last = changes.get(changes.size() - 1);
        assertThat(ProgressCodec.decodeKey(last.key())).isEqualTo(VIEWS);
        return ProgressCodec.decodeValue(last.value());
    }

    private double metered(String meter) {
        return metrics.get("countinghouse.speed.metered")
                .tag("meter", meter)
                .counter()
                .count();
    }

    private double processed(Outcome outcome) {
        return metrics.counter("countinghouse.speed.records", "outcome", outcome.tag())
                .count();
    }
}
