package countinghouse.billing.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.kit.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Compares a document with what the audit ledger recorded of it. */
final class DocumentRecord {
    private static final String WHOLE = "whole and linked to its neighbours";

    private final Map<String, Latest> latest;
    private final Map<Long, String> states;

    private DocumentRecord(Map<String, Latest> latest, Map<Long, String> states) {
        this.latest = latest;
        this.states = states;
    }

    /** Reads the newest entry of each document with one query; an entry vouches for all documents of its transaction. */
    static DocumentRecord read(Jdbi jdbi, List<Document> documents) {
        Map<String, Latest> latest = latest(jdbi, documents);
        LedgerReader ledger = new LedgerReader(jdbi);
        Map<Long, String> states = new HashMap<>();
        latest.values().stream()
                .map(Latest::number)
                .distinct()
                .forEach(number -> states.put(number, ledger.problemOf(number).orElse(WHOLE)));
        return new DocumentRecord(latest, states);
    }

    /** Compares a document with its newest entry. */
    List<Check> check(Document document) {
        List<Check> checks = new ArrayList<>();
        String computed = HexFormat.of().formatHex(document.computedDigest());
        checks.add(new Check("document digest", HexFormat.of().formatHex(document.digest()), computed));
        Optional<Latest> newest = Optional.ofNullable(latest.get(document.id()));
        checks.add(new Check("ledger digest", newest.map(Latest::digest).orElse("not in the ledger"), computed));
        checks.add(new Check(
                "status in the ledger",
                newest.map(Latest::action).orElse("not in the ledger"),
                document.kind().label() + "." + newest.map(Latest::status).orElseGet(document.status()::label)));
        newest.ifPresent(
                found -> checks.add(new Check("ledger entry " + found.number(), WHOLE, states.get(found.number()))));
        return checks;
    }

    /** Reads the status in the same snapshot as the ledger: a run at the same time may just have moved a document on. */
    private static Map<String, Latest> latest(Jdbi jdbi, List<Document> documents) {
        Map<String, Latest> latest = new HashMap<>();
        Map<String, String> actions = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        SELECT d.id, d.status, i.number, i.digest, l.entry
                        FROM unnest(:ids, :subjects) AS wanted(id, subject)
                        JOIN billing.document d USING (id)
                        CROSS JOIN LATERAL (
                            SELECT number, digest FROM billing.ledger_item
                            WHERE subject = wanted.subject ORDER BY number DESC LIMIT 1) i
                        JOIN billing.ledger l USING (number)
                        """)
                .bindArray(
                        "ids",
                        String.class,
                        documents.stream().map(Document::id).toArray())
                .bindArray(
                        "subjects",
                        String.class,
                        documents.stream().map(Document::subject).toArray())
                .map((row, context) -> Map.entry(
                        row.getString("id"),
                        new Latest(
                                row.getString("status"),
                                row.getLong("number"),
                                HexFormat.of().formatHex(row.getBytes("digest")),
                                actions.computeIfAbsent(row.getString("entry"), DocumentRecord::action))))
                .forEach(found -> latest.put(found.getKey(), found.getValue())));
        return latest;
    }

    private static String action(String entry) {
        try {
            return Json.mapper().readTree(entry).path("action").asText();
        } catch (JsonProcessingException e) {
            return "not readable";
        }
    }

    private record Latest(String status, long number, String digest, String action) {}
}
