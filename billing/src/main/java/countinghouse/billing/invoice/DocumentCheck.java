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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

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
    public CheckResult check(DocumentFilter filter, RunContext run) {
        long checked = 0;
        long done = 0;
        List<LineVerdict> failures = new ArrayList<>();
        String after = "";
        while (true) {
            List<Document> batch = documents.page(filter, after, BATCH);
            if (batch.isEmpty()) {
                return new CheckResult(checked, failures);
            }
            List<VerifiedDocument> verified = verifier.verify(batch);
            for (VerifiedDocument one : verified) {
                checked += one.verdicts().size();
                one.verdicts().stream().filter(verdict -> !verdict.ok()).forEach(failures::add);
            }
            keepEvidence(verified, run);
            after = batch.get(batch.size() - 1).id();
            done += batch.size();
            run.progress().reached(filter.kind().label() + " checks", done);
        }
    }

    private void keepEvidence(List<VerifiedDocument> verified, RunContext run) {
        List<LineDigest> missing = verified.stream()
                .filter(VerifiedDocument::ok)
                .flatMap(one -> missing(one).stream())
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Instant now = SqlTime.read(clock);
        jdbi.useTransaction(handle -> {
            List<LedgerItem> items = insert(handle, missing, now);
            if (!items.isEmpty()) {
                ledger.append(
                        handle, new LedgerEvent(run.actor(), "lines.checked", Map.of("runId", run.runId()), items));
            }
        });
    }

    private static List<LineDigest> missing(VerifiedDocument verified) {
        return verified.document().lines().stream()
                .filter(line -> verified.raw().containsKey(line.n())
                        && line.listDigest().isEmpty())
                .map(line -> new LineDigest(
                        verified.document().id(),
                        line.n(),
                        HexFormat.of().parseHex(verified.raw().get(line.n()).listDigest())))
                .toList();
    }

    /** A line keeps its first digest; the items of those that are new. */
    private static List<LedgerItem> insert(Handle handle, List<LineDigest> missing, Instant now) {
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO billing.line_evidence VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
        missing.forEach(line -> batch.bind(0, line.document())
                .bind(1, line.n())
                .bind(2, line.digest())
                .bind(3, SqlTime.of(now))
                .add());
        int[] inserted = batch.execute();
        List<LedgerItem> items = new ArrayList<>();
        for (int index = 0; index < inserted.length; index++) {
            if (inserted[index] > 0) {
                LineDigest line = missing.get(index);
                items.add(new LedgerItem("line:%s/%d".formatted(line.document(), line.n()), line.digest()));
            }
        }
        return items;
    }

    private record LineDigest(String document, int n, byte[] digest) {}
}
