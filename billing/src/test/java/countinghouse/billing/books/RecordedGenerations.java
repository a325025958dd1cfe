package countinghouse.billing.books;

import countinghouse.billing.books.Books.Count;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.verify.EvidenceQuery;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.billing.verify.RawEventPage;
import countinghouse.billing.verify.RawUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Raw events in memory, as each generation saw them. */
public final class RecordedGenerations implements EvidenceSource {
    private final Map<Long, RecordedEvents> generations = new HashMap<>();

    public void record(long generation, List<Count> counts) {
        generations.put(generation, new RecordedEvents(counts));
    }

    @Override
    public List<RawUsage> usage(ClosedGeneration generation, List<EvidenceQuery> queries) {
        return generations.get(generation.number()).usage(generation, queries);
    }

    @Override
    public RawEventPage events(ClosedGeneration generation, EvidenceQuery query, String after, int limit) {
        return generations.get(generation.number()).events(generation, query, after, limit);
    }

    @Override
    public void close() {}
}
