package countinghouse.fault.batch;

import java.util.Locale;

/** The steps of {@code batch run}, by the line of progress after which they begin. */
enum BatchPhase {
    SEAL(""),
    ARCHIVE("sealed"),
    GATE_RAW("archived"),
    RECOMPUTE("gate raw"),
    GATE_COUNTS("recomputed"),
    RECONCILE("gate counts"),
    PUBLISH("reconciled"),
    ENDED("published");

    private final String announcedBy;

    BatchPhase(String announcedBy) {
        this.announcedBy = announcedBy;
    }

    /** The phase that a line of progress begins; null if it begins none. */
    static BatchPhase begunBy(String line) {
        for (BatchPhase phase : values()) {
            if (!phase.announcedBy.isEmpty() && line.startsWith(phase.announcedBy)) {
                return phase;
            }
        }
        return null;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
