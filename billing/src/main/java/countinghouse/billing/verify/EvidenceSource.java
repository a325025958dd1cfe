package countinghouse.billing.verify;

import countinghouse.billing.usage.ClosedGeneration;
import java.util.List;

/**
 * Raw events, read from the archive as a generation saw it: its snapshot, its versions of meters and rules. Implemented outside billing
 * and found by {@link EvidenceProvider}. Every method may take seconds and fails rather than guess.
 */
public interface EvidenceSource extends AutoCloseable {
    /**
     * The usage of many lines, in the order of the queries; no events are a usage of zero.
     *
     * @param generation with the manifest that pins everything
     */
    List<RawUsage> usage(ClosedGeneration generation, List<EvidenceQuery> queries);

    /**
     * Raw events of a line.
     *
     * @param after {@code next} of the page before; empty text for the first page
     * @param limit at least 1
     */
    RawEventPage events(ClosedGeneration generation, EvidenceQuery query, String after, int limit);

    @Override
    void close();
}
