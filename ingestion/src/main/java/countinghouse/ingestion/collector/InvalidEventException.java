package countinghouse.ingestion.collector;

import countinghouse.metering.rules.Violation;

/** The event cannot be counted; says which rule it breaks. */
final class InvalidEventException extends RuntimeException {
    private final transient Violation violation;

    InvalidEventException(Violation violation) {
        super(violation.message(), null, false, false);
        this.violation = violation;
    }

    InvalidEventException(String rule, String field, String message) {
        this(new Violation(rule, field, message));
    }

    Violation violation() {
        return violation;
    }
}
