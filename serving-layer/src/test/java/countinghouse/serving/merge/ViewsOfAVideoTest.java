package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.VideoAccounts;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.scope.Accounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live rows of a video are looked for where they are listed. The lists here lack accounts, to tell whether they were used. */
@ExtendWith(LayersExtension.class)
class ViewsOfAVideoTest {
    private static final Meter VIEWS = MeterCatalog.standard().meter("views").orElseThrow();
    private static final Instant MONDAY = Instant.parse("2026-10-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-10-06T00:00:00Z");

    private final Layers layers;

    ViewsOfAVideoTest(Layers layers) {
        this.layers = layers;
    }

    @Test
    void shouldReadTheAccountsThatAreListedAndNoOthers() {
        count("ann", MONDAY);
        count("bob", MONDAY);
        count("unlisted", MONDAY);
        list("v", "ann", MONDAY);
        list("v", "bob", MONDAY);
        list("v2", "unlisted", MONDAY);
        complete();

        assertThat(views(Accounts.ALL, "v")).isEqualTo(2);
        assertThat(views(Accounts.ALL, "v3")).isZero();
        assertThat(views(Accounts.only(Set.of("unlisted")), "v")).isEqualTo(1);
    }

    @Test
    void shouldReadEveryAccountUnlessEveryRowIsListed() {
        count("ann", MONDAY);
        count("unlisted", MONDAY);
        list("v", "ann", MONDAY);

        assertThat(views(Accounts.ALL, "v")).isEqualTo(2);
    }

    @Test
    void shouldReadNoAccountForADayThatIsPublished() {
        count("ann", MONDAY);
        count("bob", TUESDAY);
        list("v", "ann", MONDAY);
        list("v", "bob", TUESDAY);
        complete();
        layers.publish(1, TUESDAY, List.of(row("ann", MONDAY)), "5");

        assertThat(views(Accounts.ALL, "v")).isEqualTo(6);

        layers.redis().del(VideoAccounts.key(VideoAccounts.dayOf(TUESDAY.toEpochMilli()), "v", Layers.EPOCH));
        assertThat(views(Accounts.ALL, "v")).isEqualTo(5);
    }

    private long views(Accounts accounts, String video) {
        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            return counts.read(CountQuery.total(VIEWS).of(accounts).where(Map.of("video_id", Set.of(video))))
                    .total()
                    .value(VIEWS.aggregation())
                    .longValueExact();
        }
    }

    private void count(String account, Instant bucket) {
        layers.speed(row(account, bucket), 1, "1");
    }

    private void list(String video, String account, Instant bucket) {
        long day = VideoAccounts.dayOf(bucket.toEpochMilli());
        layers.redis().sadd(VideoAccounts.days(Layers.EPOCH), Long.toString(day));
        layers.redis().sadd(VideoAccounts.key(day, video, Layers.EPOCH), VideoAccounts.entry(video, account));
    }

    private void complete() {
        layers.redis().sadd(VideoAccounts.days(Layers.EPOCH), VideoAccounts.COMPLETE);
    }

    private static RowKey row(String account, Instant bucket) {
        return new RowKey(
                "views",
                account,
                "{\"video_id\":\"v\"}",
                bucket.toEpochMilli(),
                bucket.toEpochMilli(),
                "events.view-0");
    }
}
