package countinghouse.app.evidence;

import countinghouse.batch.evidence.EvidenceEvent;
import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.EvidencePage;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.evidence.RawEvidence;
import countinghouse.batch.generation.Manifest;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.verify.EvidenceQuery;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.billing.verify.RawEvent;
import countinghouse.billing.verify.RawEventPage;
import countinghouse.billing.verify.RawUsage;
import java.time.Instant;
import java.util.List;

/** What billing asks of raw events, answered by the batch layer's archive. */
final class ArchiveEvidence implements EvidenceSource {
    private final RawEvidence archive;

    ArchiveEvidence(RawEvidence archive) {
        this.archive = archive;
    }

    @Override
    public List<RawUsage> usage(ClosedGeneration generation, List<EvidenceQuery> queries) {
        List<EvidenceLine> lines = queries.stream().map(ArchiveEvidence::line).toList();
        return archive.usage(Manifest.parse(generation.manifest()), lines).stream()
                .map(ArchiveEvidence::usage)
                .toList();
    }

    @Override
    public RawEventPage events(ClosedGeneration generation, EvidenceQuery query, String after, int limit) {
        EvidencePage page = archive.events(Manifest.parse(generation.manifest()), line(query), after, limit);
        return new RawEventPage(
                page.events().stream().map(ArchiveEvidence::event).toList(), page.next());
    }

    @Override
    public void close() {
        archive.close();
    }

    static EvidenceLine line(EvidenceQuery query) {
        return new EvidenceLine(
                query.meter(),
                query.account(),
                query.accountDimension(),
                query.range().from().toEpochMilli(),
                query.range().to().toEpochMilli());
    }

    static RawUsage usage(LineEvidence evidence) {
        return new RawUsage(evidence.n(), evidence.value(), evidence.fingerprint(), evidence.listDigest());
    }

    static RawEvent event(EvidenceEvent found) {
        return new RawEvent(
                found.position().topic(),
                found.position().partition(),
                found.position().offset(),
                Instant.ofEpochMilli(found.appendTimeMs()),
                Instant.ofEpochMilli(found.event().occurredAtMs()),
                found.event().id(),
                found.event().source(),
                found.event().account(),
                found.value());
    }
}
