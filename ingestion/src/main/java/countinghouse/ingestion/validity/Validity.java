package countinghouse.ingestion.validity;

import countinghouse.ingestion.source.LabelledView;
import countinghouse.ingestion.source.SimulatedDay;
import countinghouse.ingestion.source.Traffic;
import countinghouse.ingestion.source.TrafficMix;
import countinghouse.metering.schedule.CountingSchedule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plays a day of labelled traffic and compares the rules' verdicts with the labels. */
public final class Validity {
    /** What the thresholds of the shipped rules were chosen on: these seeds of {@link TrafficMix#CHOOSING}, and nothing else. */
    public static final List<Long> SEEDS_OF_CHOICE = List.of(1L, 2L, 3L);

    private static final BigDecimal PRICE_PER_VIEW = new BigDecimal("0.002");
    /** Any day will do, as long as it is always the same. */
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");

    private Validity() {}

    /** The report on a seed, about so many events and a mix of classes. */
    public static ValidityReport report(long seed, int events, TrafficMix mix, CountingSchedule schedule) {
        List<LabelledView> views = views(seed, events, mix);
        return ValidityReport.of(
                seed,
                mix.label(),
                "seeds %s of the mix '%s'".formatted(SEEDS_OF_CHOICE, TrafficMix.CHOOSING.label()),
                PRICE_PER_VIEW,
                new Judgement(schedule).judge(views));
    }

    /** The traffic that is reported on. */
    static List<LabelledView> views(long seed, int events, TrafficMix mix) {
        return Traffic.views(seed, events, new SimulatedDay(DAY, DAY.plus(Duration.ofDays(1))), mix);
    }
}
