package countinghouse.ingestion.validity;

import countinghouse.ingestion.source.TrafficClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How right the rules are, by the labels of a simulated day. "Found" is what is not paid, "wanted" what should not be.
 *
 * @param seed of the traffic
 * @param mix of the classes
 * @param thresholdsChosenOn what the rules' thresholds were chosen on; never what is reported on
 * @param pricePerView in major currency units
 * @param events judged
 * @param accuracy share of views that are rightly paid or rightly not
 * @param listedPrecision of the views that lists and flags keep from being paid, the share that must not be paid
 * @param listedRecall of the views of classes that lists and flags are enough for, the share that is not paid
 * @param sharedNetworkFalsePositives of the billable views behind a shared network, the share that is not paid
 * @param billedMinusTrue money
 * @param billedMinusTrueShare of what is truly billable
 * @param classes by label
 * @param rules by id
 */
public record ValidityReport(
        long seed,
        String mix,
        String thresholdsChosenOn,
        BigDecimal pricePerView,
        long events,
        BigDecimal accuracy,
        BigDecimal listedPrecision,
        BigDecimal listedRecall,
        BigDecimal sharedNetworkFalsePositives,
        BigDecimal billedMinusTrue,
        BigDecimal billedMinusTrueShare,
        List<ClassLine> classes,
        List<RuleLine> rules) {
    private static final int SCALE = 6;
    /** Rules that look things up, or read a flag; "GIVT" in the trade's words (anchors.md 2.1). */
    private static final Set<String> LISTED_RULES = Set.of("prefetch", "ua-list", "ua-nonbrowser", "ip-datacentre");

    /**
     * One class.
     *
     * @param label of the class
     * @param events of the class
     * @param billable events that are truly billable
     * @param billed events that are paid
     * @param precision of those not paid, the share that must not be paid; null if all are paid
     * @param recall of those that must not be paid, the share that is not; null if there is none
     * @param falsePositives of those that are truly billable, the share that is not paid; null if there is none
     * @param billedMinusTrue money
     */
    public record ClassLine(
            String label,
            long events,
            long billable,
            long billed,
            BigDecimal precision,
            BigDecimal recall,
            BigDecimal falsePositives,
            BigDecimal billedMinusTrue) {}

    /** One rule: how many views it keeps from being paid, and which share of them must not be paid. */
    public record RuleLine(String rule, long events, BigDecimal precision) {}

    static ValidityReport of(
            long seed, String mix, String thresholdsChosenOn, BigDecimal price, List<JudgedView> views) {
        List<ClassLine> classes = new ArrayList<>();
        for (TrafficClass label : TrafficClass.values()) {
            classes.add(line(
                    label,
                    price,
                    views.stream().filter(one -> one.view().label() == label).toList()));
        }
        Predicate<JudgedView> listedRule = one -> !one.isBilled() && LISTED_RULES.contains(one.reason());
        Predicate<JudgedView> listedClass =
                one -> one.view().label().isListed() && !one.view().billable();
        Predicate<JudgedView> shared = one ->
                one.view().label() == TrafficClass.SHARED_NAT && one.view().billable();
        BigDecimal difference = difference(views, price);
        BigDecimal truth =
                price.multiply(BigDecimal.valueOf(count(views, one -> one.view().billable())));
        return new ValidityReport(
                seed,
                mix,
                thresholdsChosenOn,
                price,
                views.size(),
                share(views, one -> true, JudgedView::isRight),
                share(views, listedRule, one -> !one.view().billable()),
                share(views, listedClass, one -> !one.isBilled()),
                share(views, shared, one -> !one.isBilled()),
                difference,
                truth.signum() == 0 ? null : difference.divide(truth, SCALE, RoundingMode.HALF_EVEN),
                classes,
                rules(views));
    }

    private static ClassLine line(TrafficClass label, BigDecimal price, List<JudgedView> views) {
        return new ClassLine(
                label.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                views.size(),
                count(views, one -> one.view().billable()),
                count(views, JudgedView::isBilled),
                share(views, one -> !one.isBilled(), one -> !one.view().billable()),
                share(views, one -> !one.view().billable(), one -> !one.isBilled()),
                share(views, one -> one.view().billable(), one -> !one.isBilled()),
                difference(views, price));
    }

    private static List<RuleLine> rules(List<JudgedView> views) {
        Map<String, List<JudgedView>> byRule = new TreeMap<>();
        for (JudgedView one : views) {
            if (!one.isBilled()) {
                byRule.computeIfAbsent(one.reason(), ignored -> new ArrayList<>())
                        .add(one);
            }
        }
        List<RuleLine> lines = new ArrayList<>();
        byRule.forEach((rule, found) -> lines.add(new RuleLine(
                rule, found.size(), share(found, one -> true, one -> !one.view().billable()))));
        return lines;
    }

    private static BigDecimal difference(List<JudgedView> views, BigDecimal price) {
        long billed = count(views, JudgedView::isBilled);
        long billable = count(views, one -> one.view().billable());
        return price.multiply(BigDecimal.valueOf(billed - billable));
    }

    /** Of those in a set, the share that has a property; null if the set is empty. */
    private static BigDecimal share(List<JudgedView> views, Predicate<JudgedView> set, Predicate<JudgedView> property) {
        long all = count(views, set);
        return all == 0
                ? null
                : BigDecimal.valueOf(count(views, set.and(property)))
                        .divide(BigDecimal.valueOf(all), SCALE, RoundingMode.HALF_EVEN);
    }

    private static long count(List<JudgedView> views, Predicate<JudgedView> wanted) {
        return views.stream().filter(wanted).count();
    }
}
