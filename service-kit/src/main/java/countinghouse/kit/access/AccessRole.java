package countinghouse.kit.access;

/** What a caller may do. */
public enum AccessRole {
    ADMIN,
    BILLING,
    ANALYST,
    CREATOR,
    CUSTOMER,
    PRODUCER
}
