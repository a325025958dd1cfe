package countinghouse.metering.schedule;

import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryJudge;
import countinghouse.metering.history.HistoryKey;
import countinghouse.metering.history.HistoryRules;
import countinghouse.metering.history.HistoryView;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.meter.MeterEvaluator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which version of meters, rules and lists counts which ingest bucket. Both layers choose by the record's bucket, so a change takes
 * effect in both at the same record (design.md, section 4; ADR 0037). Immutable.
 */
public final class CountingSchedule {
    private final TreeMap<Long, CountingVersion> byStart = new TreeMap<>();
    private final MeterCatalog latest;
    private final Set<HistoryKey> historyKeys;

    CountingSchedule(List<CountingVersion> versions) {
        versions.forEach(version -> byStart.put(version.pin().effectiveFromMs(), version));
        this.latest = latestMeters(versions);
        this.historyKeys = historyKeys(versions);
    }

    /** The schedule that ships with this build. */
    public static CountingSchedule standard() {
        return of(CountingDocuments.STANDARD);
    }

    /**
     * The schedule of a deployment.
     *
     * @param documents the deployment's own, by name
     * @throws IllegalArgumentException if they are not valid; the message names the version and the place
     */
    public static CountingSchedule of(Map<String, String> documents) {
        return of(new CountingDocuments(documents));
    }

    /**
     * The schedule in documents.
     *
     * @throws IllegalArgumentException if they are not valid; the message names the version and the place
     */
    public static CountingSchedule of(CountingDocuments documents) {
        return ScheduleYaml.read(documents);
    }

    /** The version that counts the bucket which starts at an instant. */
    public CountingVersion at(long bucketMs) {
        return byStart.floorEntry(bucketMs).getValue();
    }

    public MeterEvaluator evaluatorAt(long bucketMs) {
        return at(bucketMs).evaluator();
    }

    public HistoryRules historyAt(long bucketMs) {
        return at(bucketMs).rules().history();
    }

    /** How far back any history rule looks; 0 if there is none. */
    public long historyLookBackMs() {
        long longest = 0;
        for (CountingVersion version : byStart.values()) {
            longest = Math.max(longest, version.rules().history().lookBackMs());
        }
        return longest;
    }

    /** By what a meter is split, in each version that has it. */
    public Set<Set<String>> dimensionsOf(String slug) {
        Set<Set<String>> all = new HashSet<>();
        for (CountingVersion version : byStart.values()) {
            version.meters().meter(slug).ifPresent(meter -> all.add(Set.copyOf(meter.dimensions())));
        }
        return all;
    }

    /** Whether any version has history rules. */
    public boolean hasHistoryRules() {
        return !historyKeys.isEmpty();
    }

    /**
     * What the history rules need of a view: nothing if a rule excludes it that needs only the event, since such a view neither is paid
     * nor keeps another from being paid; else one entry for each key.
     */
    public void historyViews(
            Event view,
            long bucketMs,
            long appendTimeMs,
            int partition,
            long offset,
            Identity identity,
            Consumer<HistoryView> sink) {
        if (historyKeys.isEmpty() || at(bucketMs).rules().exclusionReason(view).isPresent()) {
            return;
        }
        for (HistoryKey key : historyKeys) {
            HistoryView wanted = HistoryView.of(key, view, bucketMs, appendTimeMs, partition, offset, identity);
            if (wanted != null) {
                sink.accept(wanted);
            }
        }
    }

    /** The id of a rule by its index among the history rules of a bucket; null for none. */
    public String historyReason(long bucketMs, int rule) {
        return rule == HistoryJudge.NONE
                ? null
                : historyAt(bucketMs).rules().get(rule).id();
    }

    /** Every meter that any version has, as the last version that has it defines it. */
    public MeterCatalog meters() {
        return latest;
    }

    /**
     * Start in ms of the first bucket in which a meter counts; empty if it counts since the beginning.
     *
     * @throws IllegalArgumentException if no version has the meter
     */
    public OptionalLong countedFromMs(String slug) {
        long start = firstVersionOf(slug).pin().effectiveFromMs();
        return start == VersionPin.BEGINNING ? OptionalLong.empty() : OptionalLong.of(start);
    }

    /** Whether a meter's rows of the batch layer may differ from the speed layer's by what history rules remove. */
    public boolean usesHistory(String slug) {
        return byStart.values().stream()
                .filter(version -> !version.rules().history().isEmpty())
                .anyMatch(version -> version.meters()
                        .meter(slug)
                        .filter(MeterEvaluator::readsExclusionReason)
                        .isPresent());
    }

    /** What to write down so that the same is counted again later. */
    public List<VersionPin> pins() {
        return byStart.values().stream().map(CountingVersion::pin).toList();
    }

    /**
     * The schedule as it was when it was pinned.
     *
     * @throws IllegalArgumentException if a pinned version is missing here, or has another content or start
     */
    public CountingSchedule pinnedTo(List<VersionPin> pins) {
        List<CountingVersion> pinned = new ArrayList<>();
        for (VersionPin pin : pins) {
            CountingVersion version = byStart.get(pin.effectiveFromMs());
            if (version == null || !version.pin().equals(pin)) {
                throw new IllegalArgumentException(
                        "Version %d of the configuration, effective from %s, is not the one that was used (%s instead of %s); restore its documents"
                                .formatted(
                                        pin.version(),
                                        text(pin.effectiveFromMs()),
                                        version == null ? "none" : version.pin().digest(),
                                        pin.digest()));
            }
            pinned.add(version);
        }
        return new CountingSchedule(pinned);
    }

    /**
     * The schedule with meters counted since the beginning, as the first version that has them defines them.
     *
     * @throws IllegalArgumentException if no version has a meter
     */
    public CountingSchedule backfilled(Collection<String> slugs) {
        if (slugs.isEmpty()) {
            return this;
        }
        Map<String, Meter> definitions = new LinkedHashMap<>();
        slugs.forEach(slug ->
                definitions.put(slug, firstVersionOf(slug).meters().meter(slug).orElseThrow()));
        return new CountingSchedule(byStart.values().stream()
                .map(version -> version.with(definitions.values().stream()
                        .filter(meter -> startsAfter(version, meter.slug()))
                        .toList()))
                .toList());
    }

    /**
     * Makes sure that every version starts with a bucket.
     *
     * @throws IllegalArgumentException if one does not
     */
    public CountingSchedule requireAligned(Duration bucketWidth) {
        for (VersionPin pin : pins()) {
            boolean isAligned = pin.effectiveFromMs() == VersionPin.BEGINNING
                    || Math.floorMod(pin.effectiveFromMs(), bucketWidth.toMillis()) == 0;
            if (!isAligned) {
                throw new IllegalArgumentException(
                        "Version %d of the configuration is effective from %s, which is no start of an ingest bucket of %s"
                                .formatted(pin.version(), text(pin.effectiveFromMs()), bucketWidth));
            }
        }
        return this;
    }

    /** How an effective-from is written. */
    static String text(long effectiveFromMs) {
        return effectiveFromMs == VersionPin.BEGINNING
                ? ScheduleYaml.BEGINNING
                : Instant.ofEpochMilli(effectiveFromMs).toString();
    }

    private boolean startsAfter(CountingVersion version, String slug) {
        return firstVersionOf(slug).pin().effectiveFromMs() > version.pin().effectiveFromMs();
    }

    private CountingVersion firstVersionOf(String slug) {
        return byStart.values().stream()
                .filter(version -> version.meters().meter(slug).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No version of the configuration has a meter '%s'".formatted(slug)));
    }

    /** Of all versions together: a view of an older version comes before views of the next. */
    private static Set<HistoryKey> historyKeys(List<CountingVersion> versions) {
        EnumSet<HistoryKey> keys = EnumSet.noneOf(HistoryKey.class);
        versions.forEach(version -> version.rules().history().rules().forEach(rule -> keys.add(rule.key())));
        return keys;
    }

    private static MeterCatalog latestMeters(List<CountingVersion> versions) {
        Map<String, Meter> latest = new LinkedHashMap<>();
        int number = 0;
        for (CountingVersion version : versions) {
            version.meters().meters().forEach(meter -> latest.put(meter.slug(), meter));
            number = version.meters().version();
        }
        return new MeterCatalog(number, List.copyOf(latest.values()));
    }
}
