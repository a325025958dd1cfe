package countinghouse.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.recompute.PartitionRecompute;
import countinghouse.batch.recompute.PartitionRecompute.SourcePartition;
import countinghouse.batch.recompute.RowSinks;
import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.speed.counts.CountsState;
import countinghouse.speed.dedup.IdentityState;
import countinghouse.speed.topology.EventCounter;
import countinghouse.speed.topology.MeteredAmounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** One log, in the middle of which meters, rules and lists change, counted by both layers. */
class SwitchInBothLayersTest {
    private static final Duration WIDTH = Duration.ofHours(1);
    private static final long NOON = Instant.parse("2030-06-01T12:00:00Z").toEpochMilli();
    private static final TopicPartition SOURCE = new TopicPartition(EventType.VIEW.topic(), 3);
    private static final DuplicateHorizon HORIZON = DuplicateHorizon.of(Duration.ofHours(48), WIDTH);
    private static final CountingSchedule SCHEDULE = CountingSchedule.of(Map.of(
            "counting.yaml", """
                    versions:
                      - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml}
                      - {version: 2, effectiveFrom: '2030-06-01T12:00:00Z', meters: tv.yaml, rules: short.yaml, userAgents: agents.yaml}
                    """,
            "tv.yaml", """
                    version: 2
                    meters:
                      - {slug: views, eventType: video.view, aggregation: COUNT, dimensions: [device_type]}
                      - {slug: billable_views, eventType: video.view, aggregation: COUNT, where: {property: exclusion_reason, exists: false}}
                      - {slug: tv_views, eventType: video.view, aggregation: COUNT, where: {property: device_type, equals: tv}}
                    """,
            "short.yaml", "version: 2\nrules: [{id: ua-list}, {id: too-short, seconds: 10}]",
            "agents.yaml", "version: 2\nbots: [newcomer]\nnon_browsers: []"));

    @Test
    void shouldSwitchMetersRulesAndListsAtTheSameRecord() {
        List<ArchivedRecord> log = log();

        Map<RowKey, RowValue> live = speedRows(log);
        Map<RowKey, RowValue> recomputed = batchRows(log);

        assertThat(recomputed).isEqualTo(live);
        assertThat(metersIn(live, true))
                .contains("watch_seconds", "excluded_views")
                .doesNotContain("tv_views");
        assertThat(metersIn(live, false)).containsExactlyInAnyOrder("views", "billable_views", "tv_views");
        assertThat(live.keySet())
                .filteredOn(key -> key.meter().equals("views"))
                .allMatch(key -> key.dimensions().contains("device_type") == key.bucketMs() >= NOON);
    }

    private static Set<String> metersIn(Map<RowKey, RowValue> rows, boolean beforeNoon) {
        return rows.keySet().stream()
                .filter(key -> beforeNoon == key.bucketMs() < NOON)
                .map(RowKey::meter)
                .collect(Collectors.toSet());
    }

    private static Map<RowKey, RowValue> speedRows(List<ArchivedRecord> log) {
        CountsState counts = new CountsState(WIDTH);
        EventCounter counter = new EventCounter(
                new EventRules(), SCHEDULE, new IdentityState(HORIZON), counts, MeteredAmounts.untold());
        log.forEach(record -> counter.count(SOURCE, record.offset(), record.appendTimeMs(), record.event(), 0));
        Map<RowKey, RowValue> rows = new HashMap<>();
        counts.flush((key, value) -> {
            if (RowCodec.isRow(key)) {
                rows.put(RowCodec.decodeKey(key), RowCodec.decodeValue(value));
            }
        });
        return rows;
    }

    private static Map<RowKey, RowValue> batchRows(List<ArchivedRecord> log) {
        Map<RowKey, RowValue> rows = new HashMap<>();
        PartitionRecompute recompute = new PartitionRecompute(
                new SourcePartition(SOURCE.topic(), SOURCE.partition(), 0, 0, new HistoryVerdicts()),
                Long.MAX_VALUE,
                HORIZON,
                HORIZON,
                SCHEDULE,
                new RowSinks(rows::put, (key, value) -> {}, (key, value) -> {}, (key, value) -> {}));
        log.forEach(recompute::accept);
        recompute.complete();
        return rows;
    }

    /** A steady stream around noon, in which the broker's clock once steps back over it. */
    private static List<ArchivedRecord> log() {
        Random random = new Random(7);
        BucketClock clock = new BucketClock(WIDTH, BucketClock.START);
        List<ArchivedRecord> log = new ArrayList<>();
        for (int offset = 0; offset < 2_000; offset++) {
            long steadyMs = NOON - WIDTH.toMillis() + offset * WIDTH.toMillis() / 1_000;
            long appendTimeMs =
                    offset == 1_010 ? steadyMs - Duration.ofMinutes(5).toMillis() : steadyMs;
            Event event = event(random, appendTimeMs);
            log.add(new ArchivedRecord(
                    ArchivedRecord.Kind.EVENT,
                    offset,
                    appendTimeMs,
                    clock.advance(appendTimeMs),
                    Identity.of(event),
                    event));
        }
        return log;
    }

    private static Event event(Random random, long appendTimeMs) {
        Map<String, Object> data = Map.of(
                "video_id",
                "video-" + random.nextInt(3),
                "user_id",
                "user-" + random.nextInt(50),
                "view_duration",
                random.nextInt(60),
                "device_type",
                random.nextBoolean() ? "tv" : "mobile",
                "user_agent",
                random.nextInt(4) == 0 ? "Newcomer/1.0" : "Mozilla/5.0 Firefox/140.0");
        return new Event(
                EventType.VIEW,
                "video.view",
                "id-" + random.nextInt(1_800),
                "source",
                "account-" + random.nextInt(2),
                appendTimeMs - random.nextInt(7_200_000),
                data::get);
    }
}
