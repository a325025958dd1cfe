package countinghouse.ingestion.collector;

import countinghouse.kit.http.ErrorCode;

/** What the collector answers when it cannot store a request. */
enum CollectorError implements ErrorCode {
    EVENTS_REJECTED("events-rejected", 400, "Some events were not stored"),
    BATCH_TOO_LARGE("batch-too-large", 413, "Too many events in one request"),
    BODY_TOO_SLOW("body-too-slow", 408, "The body did not arrive in time"),
    LOG_UNAVAILABLE("log-unavailable", 503, "The event log is not available");

    private final String code;
    private final int status;
    private final String title;

    CollectorError(String code, int status, String title) {
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
