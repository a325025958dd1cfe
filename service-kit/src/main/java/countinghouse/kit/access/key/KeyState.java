package countinghouse.kit.access.key;

/** Whether a key opens anything. */
public enum KeyState {
    VALID,
    /** It was rotated, and the time of overlap is over. */
    EXPIRED,
    REVOKED
}
