package countinghouse.serving.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.query.FreshnessFields;
import countinghouse.serving.scope.Accounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Totals as streams show them. Streams that ask for the same within a moment share one read. */
final class LiveTotals {
    private static final Duration SHARED_FOR = Duration.ofMillis(200);
    private static final long MAX_SHARED = 1_000;

    private final MergedCounts counts;
    private final Cache<Key, Map<String, Object>> shared = Caffeine.newBuilder()
            .maximumSize(MAX_SHARED)
            .expireAfterWrite(SHARED_FOR)
            .build();

    private record Key(Meter meter, Accounts accounts) {}

    LiveTotals(MergedCounts counts) {
        this.counts = counts;
    }

    /** The total of a meter with its parts and freshness and, if accounts are named, the value of each. Blocks. */
    Map<String, Object> read(Meter meter, Accounts accounts) {
        return shared.get(new Key(meter, accounts), this::read);
    }

    private Map<String, Object> read(Key key) {
        Meter meter = key.meter;
        List<String> groupBy = key.accounts.all() ? List.of() : List.of(CountQuery.SUBJECT);
        CountAnswer answer =
                counts.read(CountQuery.total(meter).of(key.accounts).groupedBy(groupBy));
        Map<String, Object> total = new LinkedHashMap<>();
        total.put("meter", meter.slug());
        total.put("value", FreshnessFields.number(answer.total().value(meter.aggregation())));
        total.putAll(FreshnessFields.of(meter.aggregation(), answer));
        if (!key.accounts.all()) {
            Map<String, BigDecimal> values = new LinkedHashMap<>();
            answer.groups()
                    .forEach(group -> values.put(
                            group.account(),
                            FreshnessFields.number(group.count().value(meter.aggregation()))));
            total.put("accounts", values);
        }
        return total;
    }
}
