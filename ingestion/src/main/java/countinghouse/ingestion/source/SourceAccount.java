package countinghouse.ingestion.source;

/**
 * An account of a simulated system, the same for every seed.
 *
 * @param account id, the CloudEvents subject
 * @param role what it is in its system, e.g. {@code creator}
 * @param tier class that the demo registers it with
 */
public record SourceAccount(String account, String role, Tier tier) {}
