package countinghouse.metering.meter;

import countinghouse.metering.event.Event;
import countinghouse.metering.event.Properties;
import countinghouse.metering.row.Decimals;
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

    public MeterEvaluator(MeterCatalog catalog, ViewRules viewRules) {
        this.metersByEventType = catalog.meters().stream()
                .collect(Collectors.groupingBy(Meter::eventType, Collectors.toUnmodifiableList()));
        this.viewRules = viewRules;
    }

    /** The evaluator of the meters and rules that ship with this build. */
    public static MeterEvaluator standard() {
        return new MeterEvaluator(MeterCatalog.standard(), ViewRules.standard());
    }

    /** Hands every contribution of the event to the sink; an event that contributes nothing is unmetered. */
    public void contributions(Event event, ContributionSink sink) {
        List<Meter> meters = metersByEventType.get(event.name());
        if (meters == null) {
            return;
        }
        long cellMs = Cell.startOf(event.occurredAtMs());
        Properties properties = withComputed(event);
        for (Meter meter : meters) {
            if (meter.where() == null || meter.where().test(properties)) {
                valueOf(meter, properties)
                        .ifPresent(value -> sink.contribute(
                                meter, event.account(), Dimensions.of(meter, properties), cellMs, value));
            }
        }
    }

    private Properties withComputed(Event event) {
        if (!event.name().equals(ViewRules.VIEW)) {
            return event.properties();
        }
        String reason = viewRules.exclusionReason(event.properties()).orElse(null);
        return name ->
                name.equals(EXCLUSION_REASON) ? reason : event.properties().get(name);
    }

    private static Optional<BigDecimal> valueOf(Meter meter, Properties properties) {
        if (meter.aggregation() == Aggregation.COUNT) {
            return Optional.of(Decimals.atScale(BigDecimal.ONE));
        }
        return PropertyText.decimalOf(properties.get(meter.valueProperty()))
                .map(value -> value.multiply(meter.multiplier()))
                .filter(Decimals::isWithinLimits)
                .map(Decimals::atScale);
    }
}
