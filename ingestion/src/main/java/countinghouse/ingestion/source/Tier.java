package countinghouse.ingestion.source;

/** Class of a customer (requirements.md 3.1); decides the plan. */
public enum Tier {
    VIP,
    PREMIUM,
    PRO,
    FREE
}
