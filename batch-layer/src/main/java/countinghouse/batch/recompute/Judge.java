package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.DuplicateWindow;
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
    private final DuplicateWindow window;
    private long expiredThrough = Long.MIN_VALUE;

    public Judge(DuplicateHorizon horizon) {
        this.window = new DuplicateWindow(horizon);
    }

    /** Remembers an event from before the records to be judged. */
    public void remember(Identity identity, long bucketMs) {
        window.remember(identity, bucketMs);
    }

    public Verdict judge(ArchivedRecord record) {
        return switch (record.kind()) {
            case TICK -> Verdict.TICK;
            case UNDECODABLE -> Verdict.UNDECODABLE;
            case EVENT -> judgeEvent(record);
        };
    }

    private Verdict judgeEvent(ArchivedRecord record) {
        if (record.bucketMs() > expiredThrough) {
            window.expire(record.bucketMs(), ignored -> {});
            expiredThrough = record.bucketMs();
        }
        if (window.observe(record.identity(), record.bucketMs()).isDuplicate()) {
            return Verdict.DUPLICATE;
        }
        Optional<Violation> violation = rules.violation(record.event(), record.appendTimeMs());
        return violation.map(broken -> Verdict.invalid(broken.rule())).orElse(Verdict.VALID);
    }
}
