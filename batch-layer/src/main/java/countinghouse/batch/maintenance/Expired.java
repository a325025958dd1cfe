package countinghouse.batch.maintenance;

/**
 * What an expiry removed.
 *
 * @param runs that no generation names
 * @param rows of them in PostgreSQL
 * @param snapshots of all tables
 * @param files of data and metadata
 */
public record Expired(long runs, long rows, long snapshots, long files) {}
