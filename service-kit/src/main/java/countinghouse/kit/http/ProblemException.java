package countinghouse.kit.http;

import java.util.Map;

/** Ends a request with a problem (RFC 9457). The detail is for the caller: the values, and what to do next. */
public final class ProblemException extends RuntimeException {
    private final transient ErrorCode error;
    private final transient Map<String, Object> extensions;

    public ProblemException(ErrorCode error, String detail) {
        this(error, detail, Map.of());
    }

    /** A problem with members of its own beside the standard ones. */
    public ProblemException(ErrorCode error, String detail, Map<String, Object> extensions) {
        super(detail);
        this.error = error;
        this.extensions = extensions;
    }

    public ErrorCode error() {
        return error;
    }

    public Map<String, Object> extensions() {
        return extensions;
    }
}
