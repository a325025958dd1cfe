package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.rules.Violation;
import java.util.Optional;

/**
 * Judges the records of one partition in offset order. A duplicate is one whether it is valid or not, and an invalid first arrival
 * uses up its identity, so the window sees every event before the rules do.
 */
public final class Judge {
    private final EventRules rules = new EventRules();
    private final DuplicateHorizon horizon;
    private final SeenIdentities seen = new SeenIdentities();

    public Judge(DuplicateHorizon horizon) {
        this.horizon = horizon;
    }

    /** Tells that the records to be judged have one of this identity, so that the look-back for it is remembered. */
    public void announce(Identity identity) {
        seen.announce(identity.high(), identity.low());
    }

    /** Remembers an event from before the records to be judged, if its identity was announced. */
    public void remember(Identity identity, long bucketMs) {
        seen.remember(identity.high(), identity.low(), bucketMs);
    }

    public Verdict judge(ArchivedRecord record) {
        return switch (record.kind()) {
            case TICK -> Verdict.TICK;
            case UNDECODABLE -> Verdict.UNDECODABLE;
            case EVENT -> judgeEvent(record);
        };
    }

    private Verdict judgeEvent(ArchivedRecord record) {
        Identity identity = record.identity();
        long last = seen.observe(identity.high(), identity.low(), record.bucketMs());
        if (last != SeenIdentities.NEVER && last >= horizon.oldestBucketFor(record.bucketMs())) {
            return Verdict.DUPLICATE;
        }
        Optional<Violation> violation = rules.violation(record.event(), record.appendTimeMs());
        return violation.map(broken -> Verdict.invalid(broken.rule())).orElse(Verdict.VALID);
    }
}
