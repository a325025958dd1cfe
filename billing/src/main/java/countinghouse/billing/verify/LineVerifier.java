package countinghouse.billing.verify;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.Documents;
import countinghouse.billing.invoice.Invoiced;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Recomputes lines from the raw events at their pins, rates them again with the pinned plan, and compares everything with the line, the
 * document and the ledger. It changes nothing.
 */
public final class LineVerifier {
    private final Documents documents;
    private final Jdbi jdbi;
    private final LedgerEvidence ledgerEvidence;
    private final PlanStore plans;
    private final ClosedUsage usage;
    private final LineEvents events;

    /**
     * Creates it.
     *
     * @param evidence the raw events; without them lines are compared with the published counts only
     */
    public LineVerifier(Jdbi jdbi, PlanStore plans, ClosedUsage usage, Optional<EvidenceSource> evidence) {
        this.documents = new Documents(jdbi);
        this.jdbi = jdbi;
        this.ledgerEvidence = new LedgerEvidence(jdbi);
        this.plans = plans;
        this.usage = usage;
        this.events = new LineEvents(usage, evidence);
    }

    /**
     * Verifies one line.
     *
     * @throws BillingException if there is no such line, or its raw events cannot be read here
     */
    public LineVerdict verify(String id, int n) {
        Document document = documents.get(id);
        requireLine(document, n);
        events.requireReadable();
        return verify(document).stream()
                .filter(verdict -> verdict.n() == n)
                .findFirst()
                .orElseThrow();
    }

    /** Verifies every line of a document, with one bulk read of raw events. */
    public List<LineVerdict> verify(Document document) {
        return verify(List.of(document)).get(0).verdicts();
    }

    /** Verifies every line of some documents; lines of one generation share one bulk read of raw events. */
    public List<VerifiedDocument> verify(List<Document> batch) {
        Books books = new Books(
                events.usage(batch),
                PublishedLines.read(usage, batch),
                ledgerEvidence.listDigests(batch),
                invoicedBefore(batch),
                new PriceChecks(plans));
        DocumentRecord recorded = DocumentRecord.read(jdbi, batch);
        Map<Pin, List<Check>> manifests = new HashMap<>();
        return batch.stream()
                .map(document -> {
                    List<Check> ofDocument = new ArrayList<>(recorded.check(document));
                    ofDocument.addAll(manifests.computeIfAbsent(Pin.of(document), this::checkManifest));
                    return verify(document, books, ofDocument);
                })
                .toList();
    }

    /** What a batch of documents was read for. */
    private record Books(
            Map<LineKey, RawUsage> raw,
            PublishedLines published,
            Map<LineKey, Check> listDigests,
            Map<String, BigDecimal> invoicedBefore,
            PriceChecks prices) {}

    /** What many documents of a run share. */
    private record Pin(long generation, String period) {
        static Pin of(Document document) {
            return new Pin(document.generation(), document.period());
        }
    }

    private List<Check> checkManifest(Pin pin) {
        return ledgerEvidence.manifest(usage.generation(pin.generation()), pin.period());
    }

    private VerifiedDocument verify(Document document, Books books, List<Check> ofDocument) {
        List<LineVerdict> verdicts = new ArrayList<>();
        Map<Integer, RawUsage> rawOfLines = new HashMap<>();
        for (DocumentLine line : document.lines()) {
            List<Check> checks = new ArrayList<>(ofDocument);
            LineKey key = new LineKey(document.id(), line.n());
            Optional<RawUsage> recomputed = Optional.ofNullable(books.raw().get(key));
            recomputed.ifPresent(found -> rawOfLines.put(line.n(), found));
            line.content()
                    .metered()
                    .ifPresent(metering -> checks.addAll(checkUsage(
                            line,
                            metering,
                            books.published()
                                    .of(document, metering, line.content().range()),
                            recomputed)));
            Optional.ofNullable(books.listDigests().get(key)).ifPresent(checks::add);
            line.content().before().ifPresent(before -> checks.add(checkInvoiced(before, books.invoicedBefore())));
            checks.addAll(books.prices().of(line, recomputed));
            verdicts.add(new LineVerdict(document.id(), line.n(), checks));
        }
        return new VerifiedDocument(document, verdicts, rawOfLines);
    }

    /**
     * Raw events of a line.
     *
     * @throws BillingException if there is no such line, or raw events cannot be read here
     */
    public RawEventPage events(String id, int n, String after, int limit) {
        Document document = documents.get(id);
        return events.page(document, requireLine(document, n), after, limit);
    }

    private static DocumentLine requireLine(Document document, int n) {
        return document.lines().stream()
                .filter(line -> line.n() == n)
                .findFirst()
                .orElseThrow(() -> new BillingException(
                        BillingError.UNKNOWN_DOCUMENT,
                        "'%s' has no line %d; it has %d"
                                .formatted(document.id(), n, document.lines().size())));
    }

    private List<Check> checkUsage(
            DocumentLine line, MeteredEvidence metered, UsageQuantity published, Optional<RawUsage> raw) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(compare(
                "published ", metered, new RawUsage(published.n(), published.quantity(), published.fingerprint(), "")));
        raw.ifPresent(found -> {
            checks.addAll(compare("", metered, found));
            line.listDigest().ifPresent(digest -> checks.add(new Check("list digest", digest, found.listDigest())));
        });
        return checks;
    }

    private static List<Check> compare(String prefix, MeteredEvidence metered, RawUsage found) {
        return List.of(
                new Check(prefix + "count n", Long.toString(metered.n()), Long.toString(found.n())),
                new Check(prefix + "quantity", Decimals.text(metered.quantity()), Decimals.text(found.value())),
                new Check(
                        prefix + "fingerprint",
                        metered.fingerprint().toHex(),
                        found.fingerprint().toHex()));
    }

    /** What an adjustment takes off is what the lines that it names charge. */
    private static Check checkInvoiced(Invoiced before, Map<String, BigDecimal> amounts) {
        BigDecimal sum = before.lines().stream()
                .map(line -> amounts.getOrDefault(line, BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Check(
                "invoiced before in %s".formatted(before.lines()),
                Decimals.text(before.amount()),
                amounts.keySet().containsAll(before.lines()) ? Decimals.text(sum) : "not there any more");
    }

    /** Amounts of the lines that adjustments take off. */
    private Map<String, BigDecimal> invoicedBefore(List<Document> batch) {
        List<String> lines = batch.stream()
                .flatMap(document -> document.lines().stream())
                .flatMap(line -> line.content().before().stream())
                .flatMap(before -> before.lines().stream())
                .distinct()
                .toList();
        return lines.isEmpty() ? Map.of() : documents.amounts(lines);
    }
}
