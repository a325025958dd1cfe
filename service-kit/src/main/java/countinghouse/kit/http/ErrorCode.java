package countinghouse.kit.http;

/** An error that a service can answer with. Each service has one enum of them; codes are stable and never reused. */
public interface ErrorCode {
    /** Stable code in lower-case kebab form, the last part of the problem's {@code type}. */
    String code();

    /** HTTP status. */
    int status();

    /** The error in a few words, the same for every occurrence. */
    String title();
}
