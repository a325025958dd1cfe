package countinghouse.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.truth.TruthFile;
import countinghouse.ingestion.truth.TruthRow;
import countinghouse.metering.meter.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares every count of the generator's truth with the public API's answer, hour by hour, both ways. */
final class TruthCheck {
    private final ApiClient api;
    private final KnownMeters meters;

    TruthCheck(ApiClient api, KnownMeters meters) {
        this.api = api;
        this.meters = meters;
    }

    /** How many counts were compared, how many differed, and the first difference in words (null if none). */
    record Result(long rows, long mismatches, String first) {}

    private record Key(String meter, String account, SortedMap<String, String> dimensions, Instant hour) {}

    Result compare(TruthFile truth) {
        Map<Key, BigDecimal> expected = new HashMap<>();
        for (TruthRow row : truth.rows()) {
            if (meters.has(row)) {
                expected.put(new Key(row.meter(), row.account(), row.dimensions(), row.hour()), row.value());
            }
        }
        Map<Key, BigDecimal> found = new HashMap<>();
        meters.meters().forEach(meter -> read(meter, found));
        return differences(expected, found);
    }

    private void read(Meter meter, Map<Key, BigDecimal> found) {
        StringBuilder path = new StringBuilder("/api/v1/meters/")
                .append(meter.slug())
                .append("/query?windowSize=HOUR&groupBy=subject");
        meter.dimensions().forEach(dimension -> path.append("&groupBy=").append(dimension));
        for (JsonNode row : api.get(path.toString()).path("data")) {
            SortedMap<String, String> dimensions = new TreeMap<>();
            row.path("groupBy").fields().forEachRemaining(entry -> {
                if (!entry.getValue().isNull() && meter.dimensions().contains(entry.getKey())) {
                    dimensions.put(entry.getKey(), entry.getValue().asText());
                }
            });
            Instant hour = Instant.parse(row.get("windowStart").asText());
            found.put(
                    new Key(meter.slug(), row.get("subject").asText(), dimensions, hour),
                    row.get("value").decimalValue());
        }
    }

    private static Result differences(Map<Key, BigDecimal> expected, Map<Key, BigDecimal> found) {
        Set<Key> keys = new HashSet<>(expected.keySet());
        keys.addAll(found.keySet());
        long mismatches = 0;
        String first = null;
        for (Key key : keys) {
            BigDecimal want = expected.getOrDefault(key, BigDecimal.ZERO);
            BigDecimal have = found.getOrDefault(key, BigDecimal.ZERO);
            if (want.compareTo(have) != 0) {
                mismatches++;
                first = first == null ? "%s should be %s and is %s".formatted(key, want, have) : first;
            }
        }
        return new Result(expected.size(), mismatches, first);
    }
}
