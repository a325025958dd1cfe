package countinghouse.serving.query;

import countinghouse.kit.http.ErrorCode;

/** Errors of the query API. */
public enum ServingError implements ErrorCode {
    UNKNOWN_METER("unknown-meter", 404, "Unknown meter"),
    INVALID_QUERY("invalid-query", 400, "Invalid query"),
    INVALID_WINDOW("invalid-window", 400, "Windows must be sums of 15-minute cells"),
    UNKNOWN_GENERATION("unknown-generation", 409, "Generation not published"),
    UNKNOWN_RECORD("unknown-record", 404, "Unknown record"),
    LOG_UNAVAILABLE("log-unavailable", 503, "Event log cannot be read now"),
    COUNTS_UNAVAILABLE("counts-unavailable", 503, "Counts cannot be read now"),
    TOO_MANY_STREAMS("too-many-streams", 503, "Too many live streams"),
    KEYS_NOT_MANAGED("keys-not-managed", 404, "API keys are not managed here"),
    UNKNOWN_KEY("unknown-key", 404, "Unknown API key"),
    KEY_NOT_VALID("key-not-valid", 409, "API key is no longer valid"),
    KEYS_UNAVAILABLE("keys-unavailable", 503, "API keys cannot be read or changed now"),
    UNKNOWN_USER("unknown-user", 401, "No such local user");

    private final String code;
    private final int status;
    private final String title;

    ServingError(String code, int status, String title) {
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
