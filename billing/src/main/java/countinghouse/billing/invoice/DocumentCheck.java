package countinghouse.billing.invoice;

import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.verify.LineVerdict;
import countinghouse.billing.verify.LineVerifier;
import countinghouse.billing.verify.VerifiedDocument;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Verifies documents and keeps the digest of each line's raw events, so that later verifications compare with it. */
public final class DocumentCheck {
    private static final int BATCH = 1000;

    private final Jdbi jdbi;
    private final Documents documents;
    private final LineVerifier verifier;
    private final Ledger ledger;
    private final Clock clock;

    public DocumentCheck(Jdbi jdbi, LineVerifier verifier, Ledger ledger, Clock clock) {
        this.jdbi = jdbi;
        this.documents = new Documents(jdbi);
        this.verifier = verifier;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Checks all documents that a filter selects; the verdicts of lines that differ are in the answer. */
    public CheckResult check(DocumentFilter filter, String runId, String actor) {
        long checked = 0;
        List<LineVerdict> failures = new ArrayList<>();
        String after = "";
        while (true) {
            List<Document> batch = documents.page(filter, after, BATCH);
            if (batch.isEmpty()) {
                return new CheckResult(checked, failures);
            }
            for (VerifiedDocument verified : verifier.verify(batch)) {
                checked += verified.verdicts().size();
                verified.verdicts().stream().filter(verdict -> !verdict.ok()).forEach(failures::add);
                if (verified.ok()) {
                    keepEvidence(verified, runId, actor);
                }
            }
            after = batch.get(batch.size() - 1).id();
        }
    }

    private void keepEvidence(VerifiedDocument verified, String runId, String actor) {
        Document document = verified.document();
        List<DocumentLine> missing = document.lines().stream()
                .filter(line -> verified.raw().containsKey(line.n())
                        && line.listDigest().isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Instant now = SqlTime.read(clock);
        jdbi.useTransaction(handle -> {
            List<LedgerItem> items = new ArrayList<>();
            for (DocumentLine line : missing) {
                int n = line.n();
                byte[] digest = HexFormat.of().parseHex(verified.raw().get(n).listDigest());
                if (documents.insertEvidence(handle, document.id(), n, digest, now)) {
                    items.add(new LedgerItem("line:%s/%d".formatted(document.id(), n), digest));
                }
            }
            if (!items.isEmpty()) {
                ledger.append(
                        handle,
                        new LedgerEvent(
                                actor, "lines.checked", Map.of("document", document.id(), "runId", runId), items));
            }
        });
    }
}
