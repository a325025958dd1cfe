package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.plan.PlanVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plans that a period was invoiced with. Whatever tiers, plans or agreements say today, what was invoiced stays with its plan; only
 * parts of the period that no line covers follow today's (ADR 0062).
 */
final class PinnedPlans {
    private final PlanStore store;
    private final Map<String, PlanVersion> versions = new HashMap<>();

    PinnedPlans(PlanStore store) {
        this.store = store;
    }

    /**
     * The parts of a period with their plans.
     *
     * @param documents that stand, of one account and period
     * @param today the parts as they would be drafted now
     */
    List<PlanSegment> segments(List<Document> documents, List<PlanSegment> today) {
        Map<Instant, PlanSegment> pinned = new TreeMap<>();
        for (Document document : documents) {
            for (DocumentLine line : document.lines()) {
                LineContent content = line.content();
                pinned.putIfAbsent(
                        content.range().from(),
                        new PlanSegment(version(content.plan(), content.planVersion()), content.range()));
            }
        }
        List<PlanSegment> segments = new ArrayList<>(pinned.values());
        for (PlanSegment segment : today) {
            outside(
                            segment.range(),
                            pinned.values().stream().map(PlanSegment::range).toList())
                    .forEach(range -> segments.add(new PlanSegment(segment.plan(), range)));
        }
        segments.sort(Comparator.comparing(segment -> segment.range().from()));
        return segments;
    }

    /** The parts of a range that are in none of some ranges, which ascend and do not overlap. */
    private static List<TimeRange> outside(TimeRange range, List<TimeRange> taken) {
        List<TimeRange> left = new ArrayList<>();
        Instant from = range.from();
        for (TimeRange other : taken) {
            if (from.isBefore(other.from()) && other.from().isBefore(range.to())) {
                left.add(new TimeRange(from, other.from()));
            }
            from = other.to().isAfter(from) ? other.to() : from;
        }
        if (from.isBefore(range.to())) {
            left.add(new TimeRange(from, range.to()));
        }
        return left;
    }

    private PlanVersion version(String plan, int version) {
        return versions.computeIfAbsent(plan + "@" + version, reference -> store.find(plan, version)
                .orElseThrow(() -> new PlanException(
                        "The plan %s billed something, but is not stored; restore it".formatted(reference)))
                .plan());
    }
}
