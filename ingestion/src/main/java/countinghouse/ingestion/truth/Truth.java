package countinghouse.ingestion.truth;

import countinghouse.ingestion.source.Contribution;
import countinghouse.ingestion.source.SentEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What the platform must find, from what the generator knows that it sent. Uses nothing of the platform's counting, so that the two
 * can disagree. Not thread-safe.
 */
public final class Truth {
    private record Key(String meter, String account, SortedMap<String, String> dimensions, Instant hour) {}

    private static final class Sum {
        private long n;
        private BigDecimal value = BigDecimal.ZERO;
    }

    private final Map<Key, Sum> sums = new HashMap<>();
    private long accepted;
    private long quarantined;
    private long adsExploded;
    private long duplicates;
    private long unmetered;
    private long counted;
    private long late;

    /** Takes note of an event that is sent. */
    public void record(SentEvent sent) {
        if (sent.kind().isQuarantined()) {
            quarantined++;
            return;
        }
        int ads = sent.event().ads().size();
        accepted++;
        adsExploded += ads;
        if (sent.kind() == SentEvent.Kind.DUPLICATE) {
            duplicates += 1 + ads;
            return;
        }
        if (sent.kind() == SentEvent.Kind.LATE) {
            late++;
        }
        count(sent, sent.event().counts());
        sent.event().ads().forEach(ad -> count(sent, ad));
    }

    /** The events as JSON, each recorded as it is taken. */
    public Iterator<String> recording(Iterator<SentEvent> events) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public String next() {
                SentEvent sent = events.next();
                record(sent);
                return sent.json();
            }
        };
    }

    /** What must have become of the events so far. */
    public TruthTotals totals() {
        return new TruthTotals(
                accepted + quarantined, accepted, quarantined, adsExploded, duplicates, unmetered, counted, late);
    }

    /** Every count, in no particular order. */
    public List<TruthRow> rows() {
        List<TruthRow> rows = new ArrayList<>(sums.size());
        sums.forEach((key, sum) ->
                rows.add(new TruthRow(key.meter, key.account, key.dimensions, key.hour, sum.n, sum.value)));
        return rows;
    }

    private void count(SentEvent sent, List<Contribution> contributions) {
        if (contributions.isEmpty()) {
            unmetered++;
            return;
        }
        counted++;
        Instant hour = sent.event().time().truncatedTo(ChronoUnit.HOURS);
        for (Contribution contribution : contributions) {
            Key key = new Key(contribution.meter(), contribution.account(), contribution.dimensions(), hour);
            Sum sum = sums.computeIfAbsent(key, missing -> new Sum());
            sum.n++;
            sum.value = sum.value.add(contribution.value());
        }
    }
}
