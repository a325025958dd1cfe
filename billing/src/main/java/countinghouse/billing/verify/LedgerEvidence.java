package countinghouse.billing.verify;

import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.usage.ClosedGeneration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Compares what a line rests on with the digests that the audit ledger has of it. */
final class LedgerEvidence {
    private final Jdbi jdbi;

    LedgerEvidence(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Compares a generation's manifest, which pins snapshots and versions, with every digest that was ever recorded of it.
     *
     * @param period label of the billing period whose close recorded it too
     */
    List<Check> manifest(ClosedGeneration generation, String period) {
        String actual = HexFormat.of().formatHex(CanonicalJson.sha256(generation.manifest()));
        List<Check> checks = new ArrayList<>();
        oldest(Set.of(GenerationRecords.subject(generation.number())))
                .values()
                .forEach(recorded -> checks.add(
                        new Check("manifest of generation %d".formatted(generation.number()), recorded, actual)));
        closedWith(generation, period)
                .ifPresent(recorded -> checks.add(new Check(
                        "manifest of generation %d when the period was closed".formatted(generation.number()),
                        recorded,
                        actual)));
        return checks;
    }

    /** Compares the stored digests of the raw events of some documents' lines with the ledger's. */
    Map<LineKey, Check> listDigests(List<Document> documents) {
        Map<LineKey, DocumentLine> lines = new HashMap<>();
        documents.forEach(document -> document.lines().stream()
                .filter(line -> line.listDigest().isPresent())
                .forEach(line -> lines.put(new LineKey(document.id(), line.n()), line)));
        Map<LineKey, Check> checks = new HashMap<>();
        if (lines.isEmpty()) {
            return checks;
        }
        Map<String, String> recorded =
                oldest(lines.keySet().stream().map(LineKey::subject).collect(Collectors.toSet()));
        lines.forEach((key, line) -> checks.put(
                key,
                new Check(
                        "list digest in the ledger",
                        recorded.getOrDefault(key.subject(), "not in the ledger"),
                        line.listDigest().orElseThrow())));
        return checks;
    }

    private Map<String, String> oldest(Set<String> subjects) {
        Map<String, String> digests = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        SELECT DISTINCT ON (subject) subject, digest FROM billing.ledger_item
                        WHERE subject = ANY(:subjects) ORDER BY subject, number
                        """)
                .bindArray("subjects", String.class, subjects.toArray())
                .map((row, context) ->
                        Map.entry(row.getString(1), HexFormat.of().formatHex(row.getBytes(2))))
                .forEach(found -> digests.put(found.getKey(), found.getValue())));
        return digests;
    }

    private Optional<String> closedWith(ClosedGeneration generation, String period) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT manifest_digest FROM billing.period_close
                        WHERE period = :period AND generation = :generation
                        """)
                .bind("period", period)
                .bind("generation", generation.number())
                .map((row, context) -> HexFormat.of().formatHex(row.getBytes(1)))
                .findOne());
    }
}
