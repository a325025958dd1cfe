package countinghouse.batch.evidence;

import countinghouse.metering.meter.Dimensions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds the lines that a contribution belongs to, among those that share a partition. */
final class LineIndex {
    /** @param dimension empty text if the event's own account is meant */
    private record Key(String meter, String dimension, String account) {}

    private final Map<Key, List<LineAccumulator>> byKey = new HashMap<>();
    private final Map<String, TreeSet<String>> dimensionsByMeter = new HashMap<>();
    private long fromMs = Long.MAX_VALUE;
    private long toMs = Long.MIN_VALUE;

    LineIndex(List<LineAccumulator> accumulators) {
        for (LineAccumulator accumulator : accumulators) {
            EvidenceLine line = accumulator.line();
            Key key = new Key(line.meter(), line.accountDimension().orElse(""), line.account());
            byKey.computeIfAbsent(key, ignored -> new ArrayList<>()).add(accumulator);
            line.accountDimension().ifPresent(dimension -> dimensionsByMeter
                    .computeIfAbsent(line.meter(), ignored -> new TreeSet<>())
                    .add(dimension));
            fromMs = Math.min(fromMs, line.fromMs());
            toMs = Math.max(toMs, line.toMs());
        }
    }

    long fromMs() {
        return fromMs;
    }

    long toMs() {
        return toMs;
    }

    List<LineAccumulator> candidates(String meter, String account, String dimensions) {
        List<LineAccumulator> own = byKey.getOrDefault(new Key(meter, "", account), List.of());
        TreeSet<String> named = dimensionsByMeter.get(meter);
        if (named == null) {
            return own;
        }
        List<LineAccumulator> all = new ArrayList<>(own);
        Map<String, String> values = Dimensions.parse(dimensions);
        named.forEach(dimension -> all.addAll(
                byKey.getOrDefault(new Key(meter, dimension, values.getOrDefault(dimension, "")), List.of())));
        return all;
    }
}
