package countinghouse.kit.http;

/** Errors that every process can answer with. */
public enum KitError implements ErrorCode {
    UNAUTHENTICATED("unauthenticated", 401, "No valid credentials"),
    FORBIDDEN("forbidden", 403, "Not allowed"),
    NOT_FOUND("not-found", 404, "Not found"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", 406, "No answer of an accepted type"),
    INVALID_REQUEST("invalid-request", 400, "Invalid request"),
    BODY_TOO_LARGE("body-too-large", 413, "Body too large"),
    URI_TOO_LONG("uri-too-long", 414, "URI too long"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "Headers too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
    RATE_LIMITED("rate-limited", 429, "Too many requests"),
    INTERNAL("internal", 500, "Internal error"),
    UNAVAILABLE("unavailable", 503, "Temporarily unavailable");

    private final String code;
    private final int status;
    private final String title;

    KitError(String code, int status, String title) {
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
