package countinghouse.serving.flow;

import countinghouse.schemas.Topics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of events now, with what moved since an earlier look.
 *
 * @param earlier what rates are measured from; the same as {@code now} if there was no look before
 * @param now the newest look
 */
public record FlowRates(FlowSnapshot earlier, FlowSnapshot now) {
    private static final BigDecimal MS_PER_SECOND = BigDecimal.valueOf(1000);

    /** As the API shows it. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("asOf", now.asOf());
        json.put("windowSeconds", seconds(windowMs()));
        List<Map<String, Object>> topics = new ArrayList<>();
        for (int i = 0; i < now.topics().size(); i++) {
            topics.add(topic(earlier.topics().get(i), now.topics().get(i)));
        }
        json.put("topics", topics);
        Map<String, Object> quarantine = new LinkedHashMap<>();
        quarantine.put("topic", Topics.QUARANTINE);
        quarantine.put("accepted", now.quarantined());
        quarantine.put("acceptedPerSecond", perSecond(now.quarantined() - earlier.quarantined()));
        json.put("quarantine", quarantine);
        json.put("partial", now.missing() != null);
        if (now.missing() != null) {
            json.put("missing", now.missing());
        }
        return json;
    }

    private Map<String, Object> topic(TopicFlow before, TopicFlow after) {
        boolean known = after.counted() >= 0;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("topic", after.topic());
        json.put("accepted", after.accepted());
        json.put("acceptedPerSecond", perSecond(after.accepted() - before.accepted()));
        json.put("counted", known ? after.counted() : null);
        json.put(
                "countedPerSecond",
                known && before.counted() >= 0 ? perSecond(after.counted() - before.counted()) : null);
        json.put("lagRecords", known ? after.lag() : null);
        json.put("lagSeconds", known ? seconds(after.lagMs()) : null);
        json.put("countedThrough", after.countedThrough());
        return json;
    }

    private long windowMs() {
        return Duration.between(earlier.asOf(), now.asOf()).toMillis();
    }

    /** Null if there is nothing to compare with. */
    private BigDecimal perSecond(long records) {
        return windowMs() <= 0
                ? null
                : BigDecimal.valueOf(records)
                        .multiply(MS_PER_SECOND)
                        .divide(BigDecimal.valueOf(windowMs()), 1, RoundingMode.HALF_UP);
    }

    private static BigDecimal seconds(long ms) {
        return BigDecimal.valueOf(ms).divide(MS_PER_SECOND, 3, RoundingMode.HALF_UP);
    }
}
