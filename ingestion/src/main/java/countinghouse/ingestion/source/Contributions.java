package countinghouse.ingestion.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what one record counts for. */
final class Contributions {
    private final String account;
    private final SortedMap<String, String> dimensions;
    private final List<Contribution> collected = new ArrayList<>();

    private Contributions(String account, SortedMap<String, String> dimensions) {
        this.account = account;
        this.dimensions = dimensions;
    }

    static Contributions of(String account, String dimension, String value) {
        return new Contributions(account, Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(dimension, value))));
    }

    /** The dimensions of an ad: who earns, and on which video. */
    static Contributions ofAd(String advertiser, String payee, String videoId) {
        return new Contributions(
                advertiser,
                Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("payee", payee, "video_id", videoId))));
    }

    Contributions count(String meter) {
        return sum(meter, BigDecimal.ONE);
    }

    Contributions sum(String meter, BigDecimal value) {
        collected.add(new Contribution(meter, account, dimensions, value));
        return this;
    }

    List<Contribution> list() {
        return List.copyOf(collected);
    }
}
