package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.kit.http.ProblemException;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.time.Cell;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.scope.TimeRange;
import countinghouse.serving.window.WindowSize;
import countinghouse.serving.window.Windows;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads OpenMeter's query parameters; what it cannot answer exactly it refuses, naming the rule. */
final class MeterQueryParser {
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String OPERATOR_FILTERS = "advancedMeterGroupByFilters";

    private final Meter meter;
    private final Parameters parameters;

    MeterQueryParser(Meter meter, Parameters parameters) {
        this.meter = meter;
        this.parameters = parameters.expanded(OPERATOR_FILTERS);
    }

    CountQuery parse(Principal caller) {
        Windows windows = windows();
        TimeRange range = range();
        requireBoundaries(range, windows);
        requireWholeCells(windows);
        return CountQuery.total(meter)
                .of(AccountScope.of(caller, parameters.all("subject")))
                .within(range)
                .windowed(windows)
                .groupedBy(groupBy())
                .where(filters())
                .atLeast(minGeneration());
    }

    private Windows windows() {
        ZoneId zone =
                parameters.single("windowTimeZone").map(MeterQueryParser::zone).orElse(ZoneOffset.UTC);
        return parameters
                .single("windowSize")
                .map(size -> new Windows(windowSize(size), zone))
                .orElse(null);
    }

    private static WindowSize windowSize(String text) {
        return Arrays.stream(WindowSize.values())
                .filter(size -> size.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ServingError.INVALID_WINDOW,
                        "The window size '%s' cannot be answered: counts are kept in cells of 15 minutes, so windowSize is one of %s"
                                .formatted(text, Arrays.toString(WindowSize.values())),
                        Map.of("rule", "window-size")));
    }

    private static ZoneId zone(String name) {
        try {
            ZoneId zone = ZoneId.of(name);
            requireWholeCells(zone);
            return zone;
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY,
                    "The time zone '%s' is not known; use an IANA name such as America/New_York".formatted(name));
        }
    }

    /** The offsets of every named zone are whole quarters of an hour; one written as a number need not be. */
    private static void requireWholeCells(ZoneId zone) {
        int offsetSeconds = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
        if (zone.getRules().isFixedOffset() && offsetSeconds % Cell.WIDTH.toSeconds() != 0) {
            throw new ProblemException(
                    ServingError.INVALID_WINDOW,
                    "The time zone '%s' is %d s from UTC; counts are kept in cells of 15 minutes, so it must be whole quarters of an hour"
                            .formatted(zone, offsetSeconds),
                    Map.of("rule", "cell-alignment"));
        }
    }

    private TimeRange range() {
        long fromMs = parameters.single(FROM).map(text -> instant(FROM, text)).orElse(Long.MIN_VALUE);
        long toMs = parameters.single(TO).map(text -> instant(TO, text)).orElse(Long.MAX_VALUE);
        if (fromMs >= toMs) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY,
                    "The range [from, to) is empty: 'from' must lie before 'to', which is not part of it");
        }
        return new TimeRange(fromMs, toMs);
    }

    private static long instant(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY,
                    "The parameter '%s' is '%s'; it must be a time such as 2026-01-31T00:00:00Z".formatted(name, text));
        }
    }

    /** Windows of whole days of UTC are sums of cells of any width; cells of a quarter of an hour fit every window. */
    private void requireWholeCells(Windows windows) {
        if (windows == null || meter.aggregation().cellWidth().equals(Cell.WIDTH)) {
            return;
        }
        boolean utc = windows.zone().getRules().isFixedOffset()
                && windows.zone().getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
        if (windows.size() == WindowSize.HOUR || !utc) {
            throw new ProblemException(
                    ServingError.INVALID_WINDOW,
                    "The meter '%s' keeps its counts in days of UTC, so windowSize is DAY or MONTH and windowTimeZone UTC"
                            .formatted(meter.slug()),
                    Map.of("rule", "cell-alignment"));
        }
    }

    private void requireBoundaries(TimeRange range, Windows windows) {
        if (range.hasStart()) {
            requireBoundary(FROM, range.fromMs(), windows);
        }
        if (range.hasEnd()) {
            requireBoundary(TO, range.toMs(), windows);
        }
    }

    private void requireBoundary(String name, long instantMs, Windows windows) {
        Duration cellWidth = meter.aggregation().cellWidth();
        if (Cell.startOf(instantMs, cellWidth) != instantMs) {
            throw new ProblemException(
                    ServingError.INVALID_WINDOW,
                    "'%s' is %s; the counts of the meter '%s' are kept in cells of %s, so it must lie on %s"
                            .formatted(
                                    name,
                                    Instant.ofEpochMilli(instantMs),
                                    meter.slug(),
                                    cellWidth.equals(Cell.WIDTH) ? "15 minutes" : "a day",
                                    cellWidth.equals(Cell.WIDTH) ? "a quarter of an hour" : "midnight of UTC"),
                    Map.of("rule", "cell-alignment"));
        }
        if (windows != null && !windows.isBoundary(instantMs)) {
            throw new ProblemException(
                    ServingError.INVALID_WINDOW,
                    "'%s' is %s, inside the %s window [%s, %s) of %s; it must be the boundary of a window"
                            .formatted(
                                    name,
                                    Instant.ofEpochMilli(instantMs),
                                    windows.size(),
                                    Instant.ofEpochMilli(windows.startOf(instantMs)),
                                    Instant.ofEpochMilli(windows.endOf(instantMs)),
                                    windows.zone()),
                    Map.of("rule", "window-alignment"));
        }
    }

    private List<String> groupBy() {
        if (parameters.all("groupBy").isEmpty()) {
            return List.of();
        }
        List<String> names = parameters.all("groupBy").stream().distinct().toList();
        names.stream().filter(name -> !name.equals(CountQuery.SUBJECT)).forEach(this::requireDimension);
        return names;
    }

    private Map<String, Set<String>> filters() {
        Map<String, Set<String>> filters = parameters.members("filterGroupBy");
        // "dimension][operator": the contract admits $eq and $in, and both name the values that are admitted.
        parameters.members(OPERATOR_FILTERS).forEach((path, values) -> {
            String dimension = path.substring(0, path.lastIndexOf("]["));
            filters.merge(dimension, values, MeterQueryParser::both);
        });
        filters.keySet().forEach(this::requireDimension);
        return filters;
    }

    private static Set<String> both(Set<String> left, Set<String> right) {
        return left.stream().filter(right::contains).collect(Collectors.toUnmodifiableSet());
    }

    private void requireDimension(String name) {
        if (!meter.dimensions().contains(name)) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY,
                    "The meter '%s' has no dimension '%s'; it has %s"
                            .formatted(meter.slug(), name, meter.dimensions()));
        }
    }

    private long minGeneration() {
        return parameters.single("minGeneration").map(Long::parseLong).orElse(0L);
    }
}
