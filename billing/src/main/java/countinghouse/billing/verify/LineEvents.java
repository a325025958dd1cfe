package countinghouse.billing.verify;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.billing.usage.ClosedUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The raw events behind the lines of documents. */
final class LineEvents {
    private final ClosedUsage usage;
    private final Optional<EvidenceSource> evidence;

    /** @param evidence empty where this process has no access to the archive */
    LineEvents(ClosedUsage usage, Optional<EvidenceSource> evidence) {
        this.usage = usage;
        this.evidence = evidence;
    }

    /** @throws BillingException if raw events cannot be read here */
    void requireReadable() {
        source();
    }

    /** The raw usage of every metered line; empty without a source. */
    Map<LineKey, RawUsage> usage(List<Document> batch) {
        Map<LineKey, RawUsage> found = new HashMap<>();
        if (evidence.isEmpty()) {
            return found;
        }
        Map<Long, List<Document>> byGeneration =
                batch.stream().collect(Collectors.groupingBy(Document::generation, TreeMap::new, Collectors.toList()));
        byGeneration.forEach((generation, documentsOf) -> {
            List<LineKey> keys = new ArrayList<>();
            List<EvidenceQuery> queries = new ArrayList<>();
            for (Document document : documentsOf) {
                for (DocumentLine line : document.lines()) {
                    if (line.content().metered().isPresent()) {
                        keys.add(new LineKey(document.id(), line.n()));
                        queries.add(query(document, line));
                    }
                }
            }
            if (!queries.isEmpty()) {
                List<RawUsage> usages = evidence.get().usage(usage.generation(generation), queries);
                for (int index = 0; index < keys.size(); index++) {
                    found.put(keys.get(index), usages.get(index));
                }
            }
        });
        return found;
    }

    /**
     * Raw events of a line.
     *
     * @throws BillingException if they cannot be read here
     */
    RawEventPage page(Document document, DocumentLine line, String after, int limit) {
        EvidenceSource source = source();
        return line.content().metered().isEmpty()
                ? new RawEventPage(List.of(), Optional.empty())
                : source.events(usage.generation(document.generation()), query(document, line), after, limit);
    }

    private EvidenceSource source() {
        return evidence.orElseThrow(() -> new BillingException(
                BillingError.UNAVAILABLE, "Raw events cannot be read here: this process has no access to the archive"));
    }

    private static EvidenceQuery query(Document document, DocumentLine line) {
        MeteredEvidence metered = line.content().metered().orElseThrow();
        return new EvidenceQuery(
                metered.meter(),
                document.account(),
                metered.accountDimension(),
                line.content().range());
    }
}
