package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.RedisAddress;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.VideoAccounts;
import countinghouse.testing.redis.TestRedis;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/** Who asks for a video finds every account that has rows of it, as long as somebody may need the rows. */
class VideoIndexTest {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final long MONDAY = 20_731;

    private static TestRedis server;

    private Jedis reader;
    private EpochInRedis epoch;

    @BeforeAll
    static void startRedis() throws Exception {
        server = TestRedis.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        server.close();
    }

    @BeforeEach
    void connectAnew() {
        reader = server.connect();
        reader.flushAll();
        epoch = connect();
    }

    @AfterEach
    void disconnect() {
        epoch.close();
        reader.close();
    }

    @Test
    void shouldListEveryAccountOfAVideoAndNoneOfAnother() {
        write("views", "ann", "v1", MONDAY);
        write("billable_views", "bob", "v1", MONDAY);
        write("views", "eve", "v", MONDAY);
        write("views", "eve", "v11", MONDAY);

        assertThat(accounts("v1", MONDAY)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(accounts("v", MONDAY)).containsExactly("eve");
    }

    @Test
    void shouldKnowTheDayOfAVideoWhenTheDayBeganWithARowOfNone() {
        epoch.rows().write(batch(new RowKey("views", "bob", "{\"device\":\"tv\"}", 0, MONDAY * DAY_MS, "t-0")));
        write("views", "ann", "v1", MONDAY);

        assertThat(reader.smembers(VideoAccounts.days(1))).containsExactly(Long.toString(MONDAY));
    }

    @Test
    void shouldFindTheVideoAmongOtherDimensionsAndInsideEscapes() {
        epoch.rows()
                .write(batch(new RowKey(
                        "views", "ann", "{\"device\":\"tv\",\"video_id\":\"v1\"}", 0, MONDAY * DAY_MS, "t-0")));
        epoch.rows()
                .write(batch(
                        new RowKey("views", "bob", "{\"video_id\":\"v1\",\"zone\":\"x\"}", 0, MONDAY * DAY_MS, "t-0")));
        epoch.rows().write(batch(row("views", "eve", "a\\\"b", MONDAY)));
        write("views", "zoe", "v?*[1", MONDAY);

        assertThat(accounts("v1", MONDAY)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(accounts("a\"b", MONDAY)).containsExactly("eve");
        assertThat(accounts("v?*[1", MONDAY)).containsExactly("zoe");
        assertThat(accounts("*", MONDAY)).isEmpty();
    }

    @Test
    void shouldListNothingOfMetersThatAreNotReadByVideo() {
        write("watch_seconds", "ann", "v1", MONDAY);
        epoch.rows().write(batch(new RowKey("views", "ann", "{}", 0, MONDAY * DAY_MS, "t-0")));

        assertThat(reader.exists(VideoAccounts.days(1))).isFalse();
    }

    @Test
    void shouldKeepTheDaysThatReachAboveTheFloor() {
        write("views", "ann", "v1", MONDAY - 1);
        write("views", "ann", "v1", MONDAY);
        write("views", "ann", "v1", MONDAY + 1);

        epoch.videos().dropBelow((MONDAY + 1) * DAY_MS - 1);
        assertThat(accounts("v1", MONDAY - 1)).isEmpty();
        assertThat(accounts("v1", MONDAY)).containsExactly("ann");
        assertThat(accounts("v1", MONDAY + 1)).containsExactly("ann");
        assertThat(reader.smembers(VideoAccounts.days(1)))
                .containsExactlyInAnyOrder(Long.toString(MONDAY), Long.toString(MONDAY + 1));

        epoch.videos().dropBelow((MONDAY + 1) * DAY_MS);
        assertThat(accounts("v1", MONDAY)).isEmpty();
    }

    @Test
    void shouldListAgainWhatWasLostWhenRowsAreWrittenOverANewConnection() {
        write("views", "ann", "v1", MONDAY);
        write("views", "ann", "v1", MONDAY);
        reader.flushAll();
        epoch.close();
        epoch = connect();

        write("views", "ann", "v1", MONDAY);

        assertThat(accounts("v1", MONDAY)).containsExactly("ann");
        assertThat(reader.smembers(VideoAccounts.days(1))).containsExactly(Long.toString(MONDAY));
    }

    @Test
    void shouldListVideosThatShareAPlaceInItsMemory() {
        for (int round = 0; round < 2; round++) {
            RowBatch batch = new RowBatch();
            for (int video = 0; video < 5000; video++) {
                add(batch, row("views", "ann", "v" + video, MONDAY));
            }
            epoch.rows().write(batch);
        }

        assertThat(VideoAccounts.keys(MONDAY, 1).stream()
                        .mapToLong(reader::scard)
                        .sum())
                .isEqualTo(5000);
        assertThat(accounts("v4999", MONDAY)).containsExactly("ann");
    }

    @Test
    void shouldLetAProjectorThatWakesUpLateTakeNothingBack() {
        try (EpochInRedis zombie = connect()) {
            write("views", "ann", "v1", MONDAY);
            write("views", "ann", "v1", MONDAY + 1);
            zombie.rows().write(batch(row("views", "bob", "v1", MONDAY)));
            zombie.videos().dropBelow(MONDAY * DAY_MS);
        }

        assertThat(accounts("v1", MONDAY)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(accounts("v1", MONDAY + 1)).containsExactly("ann");
    }

    private Set<String> accounts(String video, long day) {
        ScanParams all = new ScanParams().match(VideoAccounts.pattern(video)).count(100_000);
        return reader.sscan(VideoAccounts.key(day, video, 1), ScanParams.SCAN_POINTER_START, all).getResult().stream()
                .map(VideoAccounts::account)
                .collect(Collectors.toSet());
    }

    private void write(String meter, String account, String video, long day) {
        epoch.rows().write(batch(row(meter, account, video, day)));
    }

    private static RowKey row(String meter, String account, String video, long day) {
        return new RowKey(meter, account, "{\"video_id\":\"" + video + "\"}", 0, day * DAY_MS + 1000, "t-0");
    }

    private static RowBatch batch(RowKey row) {
        RowBatch batch = new RowBatch();
        add(batch, row);
        return batch;
    }

    private static void add(RowBatch batch, RowKey row) {
        batch.add(RowCodec.encodeKey(row), RowCodec.encodeValue(new RowValue(1, BigDecimal.ONE, Fingerprint.ZERO)));
    }

    private static EpochInRedis connect() {
        return EpochInRedis.connect(new RedisAddress(server.url()), AddedMeter.meters(), 1);
    }
}
