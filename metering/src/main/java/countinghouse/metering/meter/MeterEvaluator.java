package countinghouse.metering.meter;

import countinghouse.metering.event.Event;
import countinghouse.metering.event.Properties;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.UniqueItem;
import countinghouse.metering.rules.ViewRules;
import countinghouse.metering.time.Cell;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which meters an event counts for, and how much. Both layers, and every proof, call this and nothing else. */
public final class MeterEvaluator {
    /** A computed property of views: the id of the first validity rule that excludes the view from billing, or absent. */
    public static final String EXCLUSION_REASON = "exclusion_reason";

    private final Map<String, List<Meter>> metersByEventType;
    private final ViewRules viewRules;
    private final DimensionTexts dimensions = new DimensionTexts();

    public MeterEvaluator(MeterCatalog catalog, ViewRules viewRules) {
        this.metersByEventType = catalog.meters().stream()
                .collect(Collectors.groupingBy(Meter::eventType, Collectors.toUnmodifiableList()));
        this.viewRules = viewRules;
    }

    /** Hands every contribution of the event to the sink; an event that contributes nothing is unmetered. */
    public void contributions(Event event, ContributionSink sink) {
        contributions(event, null, sink);
    }

    /**
     * The same for a view that was judged by history rules as well.
     *
     * @param historyReason id of the history rule that excludes the view, should no rule do so that needs only the event; null if none
     */
    public void contributions(Event event, String historyReason, ContributionSink sink) {
        List<Meter> meters = metersByEventType.get(event.name());
        if (meters == null) {
            return;
        }
        Properties properties = withComputed(event, historyReason);
        for (Meter meter : meters) {
            if (meter.where() == null || meter.where().test(properties)) {
                Contribution contribution = contributionOf(meter, properties);
                if (contribution != null) {
                    long cellMs = Cell.startOf(
                            event.occurredAtMs(), meter.aggregation().cellWidth());
                    sink.contribute(meter, event.account(), dimensions.of(meter, properties), cellMs, contribution);
                }
            }
        }
    }

    /** Whether a meter depends on the rules of views. */
    public static boolean readsExclusionReason(Meter meter) {
        return meter.eventType().equals(ViewRules.VIEW)
                && (meter.dimensions().contains(EXCLUSION_REASON)
                        || meter.where() != null && meter.where().reads(EXCLUSION_REASON));
    }

    private Properties withComputed(Event event, String historyReason) {
        if (!event.name().equals(ViewRules.VIEW)) {
            return event.properties();
        }
        String reason = viewRules.exclusionReason(event).orElse(historyReason);
        return name ->
                name.equals(EXCLUSION_REASON) ? reason : event.properties().get(name);
    }

    /** Null if the event adds nothing to the meter. */
    private static Contribution contributionOf(Meter meter, Properties properties) {
        return switch (meter.aggregation()) {
            case COUNT -> Quantity.ONE;
            case UNIQUE_COUNT ->
                Optional.ofNullable(properties.get(meter.valueProperty()))
                        .map(PropertyText::of)
                        .filter(text -> !text.isEmpty())
                        .map(UniqueItem::new)
                        .orElse(null);
            case SUM, MIN, MAX ->
                PropertyText.decimalOf(properties.get(meter.valueProperty()))
                        .map(value ->
                                BigDecimal.ONE.equals(meter.multiplier()) ? value : value.multiply(meter.multiplier()))
                        .filter(Decimals::isWithinLimits)
                        .map(Quantity::new)
                        .orElse(null);
        };
    }
}
