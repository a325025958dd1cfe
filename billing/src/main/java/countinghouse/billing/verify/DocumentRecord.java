package countinghouse.billing.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.kit.http.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Compares a document with what the audit ledger recorded of it. */
final class DocumentRecord {
    private static final String WHOLE = "whole and linked to its neighbours";

    private final Jdbi jdbi;

    DocumentRecord(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Compares a document with its newest entry.
     *
     * @param entries state of the entries looked at before: one entry vouches for all documents of a transaction
     */
    List<Check> check(Document document, Map<Long, String> entries) {
        List<Check> checks = new ArrayList<>();
        String computed = HexFormat.of().formatHex(document.computedDigest());
        checks.add(new Check("document digest", HexFormat.of().formatHex(document.digest()), computed));
        Optional<Latest> latest = latest(document);
        checks.add(new Check("ledger digest", latest.map(Latest::digest).orElse("not in the ledger"), computed));
        checks.add(new Check(
                "status in the ledger",
                latest.map(Latest::action).orElse("not in the ledger"),
                document.kind().label() + "." + latest.map(Latest::status).orElseGet(document.status()::label)));
        latest.ifPresent(found -> checks.add(new Check(
                "ledger entry " + found.number(), WHOLE, entries.computeIfAbsent(found.number(), this::stateOf))));
        return checks;
    }

    private String stateOf(long number) {
        return new LedgerReader(jdbi).problemOf(number).orElse(WHOLE);
    }

    /** Reads the status in the same snapshot as the ledger: a run at the same time may just have moved the document on. */
    private Optional<Latest> latest(Document document) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT d.status, i.number, i.digest, l.entry
                        FROM billing.document d, billing.ledger_item i JOIN billing.ledger l USING (number)
                        WHERE d.id = :id AND i.subject = :subject ORDER BY i.number DESC LIMIT 1
                        """)
                .bind("id", document.id())
                .bind("subject", document.subject())
                .map((row, context) -> new Latest(
                        row.getString("status"),
                        row.getLong("number"),
                        HexFormat.of().formatHex(row.getBytes("digest")),
                        row.getString("entry")))
                .findOne());
    }

    private record Latest(String status, long number, String digest, String entry) {
        String action() {
            try {
                return Json.mapper().readTree(entry).path("action").asText();
            } catch (JsonProcessingException e) {
                return "not readable";
            }
        }
    }
}
