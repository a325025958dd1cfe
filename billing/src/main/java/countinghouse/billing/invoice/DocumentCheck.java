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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Verifies documents and keeps the digest of each line's raw events, so that later verifications compare with it. */
public final class DocumentCheck {
    /** Documents that are verified at once: each time the raw events of their partitions are read, so more cost memory and fewer cost time. */
    private static final int BATCH = 5000;

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
        long failed = 0;
        long done = 0;
        List<LineVerdict> failures = new ArrayList<>();
        String after = "";
        while (true) {
            List<Document> batch = documents.page(filter, after, BATCH);
            if (batch.isEmpty()) {
                return new CheckResult(checked, failed, failures);
            }
            List<VerifiedDocument> verified = verifier.verify(batch);
            for (VerifiedDocument one : verified) {
                checked += one.verdicts().size();
                List<LineVerdict> differing =
                        one.verdicts().stream().filter(verdict -> !verdict.ok()).toList();
                failed += differing.size();
                differing.stream()
                        .limit(CheckResult.MAX_NAMED - (long) failures.size())
                        .forEach(failures::add);
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
        List<String> subjects = handle.createQuery("""
                        INSERT INTO billing.line_evidence
                        SELECT document, n, decode(digest, 'hex'), :now
                        FROM unnest(:documents, :numbers::int[], :digests) AS e(document, n, digest)
                        ON CONFLICT DO NOTHING RETURNING document, n
                        """)
                .bind("now", SqlTime.of(now))
                .bindArray(
                        "documents",
                        String.class,
                        missing.stream().map(LineDigest::document).toArray())
                .bindArray(
                        "numbers",
                        String.class,
                        missing.stream().map(line -> Integer.toString(line.n())).toArray())
                .bindArray(
                        "digests",
                        String.class,
                        missing.stream()
                                .map(line -> HexFormat.of().formatHex(line.digest()))
                                .toArray())
                .map((row, context) -> subject(row.getString("document"), row.getInt("n")))
                .list();
        Set<String> inserted = new HashSet<>(subjects);
        return missing.stream()
                .map(line -> new LedgerItem(subject(line.document(), line.n()), line.digest()))
                .filter(item -> inserted.contains(item.subject()))
                .toList();
    }

    private static String subject(String document, int n) {
        return "line:%s/%d".formatted(document, n);
    }

    private record LineDigest(String document, int n, byte[] digest) {}
}
