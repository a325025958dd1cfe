package countinghouse.serving.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The waiting times of one service: how often each number of seconds came. Every figure is exact; quantiles are nearest-rank. */
final class WaitingTimes {
    private static final int MEAN_SCALE = 3;

    private final TreeMap<Integer, Long> calls = new TreeMap<>();
    private long count;
    private long sum;

    /** Adds the text {@code n|seconds:calls,seconds:calls...} of one bucket. */
    void add(String text) {
        for (String pair : text.substring(text.indexOf('|') + 1).split(",")) {
            String[] parts = pair.split(":", 2);
            int seconds = Integer.parseInt(parts[0]);
            long times = Long.parseLong(parts[1]);
            calls.merge(seconds, times, Long::sum);
            count += times;
            sum += seconds * times;
        }
    }

    Map<String, Object> fields() {
        BigDecimal divisor = BigDecimal.valueOf(count);
        BigDecimal mean = BigDecimal.valueOf(sum).divide(divisor, MEAN_SCALE, RoundingMode.HALF_UP);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", count);
        fields.put("meanSeconds", FreshnessFields.number(mean));
        fields.put("p50Seconds", quantile(50));
        fields.put("p90Seconds", quantile(90));
        fields.put("p99Seconds", quantile(99));
        fields.put("maxSeconds", calls.lastKey());
        return fields;
    }

    /** The least time that at least so many per cent of the calls did not exceed. */
    private int quantile(int percent) {
        long rank = (count * percent + 99) / 100;
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : calls.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        return calls.lastKey();
    }
}
