package countinghouse.app.evidence;

import countinghouse.batch.evidence.RawEvidence;
import countinghouse.billing.verify.EvidenceProvider;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.kit.config.Settings;

/** Lets billing read raw events without knowing where they are kept. */
public final class ArchiveEvidenceProvider implements EvidenceProvider {
    @Override
    public EvidenceSource open(Settings settings) {
        return new ArchiveEvidence(RawEvidence.open(settings));
    }
}
