package countinghouse.billing.verify;

import countinghouse.billing.invoice.Document;
import java.util.List;
import java.util.Map;

/**
 * What verifying a document found.
 *
 * @param document verified
 * @param verdicts of its lines, in their order
 * @param raw usage recomputed from raw events by line number; empty where raw events cannot be read
 */
public record VerifiedDocument(Document document, List<LineVerdict> verdicts, Map<Integer, RawUsage> raw) {
    public VerifiedDocument {
        verdicts = List.copyOf(verdicts);
        raw = Map.copyOf(raw);
    }

    public boolean ok() {
        return verdicts.stream().allMatch(LineVerdict::ok);
    }
}
