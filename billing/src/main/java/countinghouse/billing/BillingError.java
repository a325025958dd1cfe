package countinghouse.billing;

import countinghouse.kit.http.ErrorCode;

/** Errors of billing, in the API and on the command line. */
public enum BillingError implements ErrorCode {
    INVALID_REQUEST("invalid-request", 400, "Invalid request"),
    UNKNOWN_ACCOUNT("unknown-account", 404, "Unknown account"),
    UNKNOWN_DOCUMENT("unknown-document", 404, "Unknown document"),
    UNKNOWN_GENERATION("unknown-generation", 409, "Generation not published"),
    PERIOD_NOT_CLOSED("period-not-closed", 409, "Period not closed"),
    CONFLICT("conflict", 409, "Conflict"),
    KEY_MISSING("idempotency-key-missing", 400, "Idempotency-Key missing"),
    KEY_REUSED("idempotency-key-reused", 422, "Idempotency-Key used for another request"),
    UNAVAILABLE("billing-unavailable", 503, "Billing is unavailable");

    private final String code;
    private final int status;
    private final String title;

    BillingError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
