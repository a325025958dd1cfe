package countinghouse.batch.maintenance;

/**
 * What an expiry removed.
 *
 * @param generations that nobody can go back to
 * @param runs that no generation names any more, or never did
 * @param rows of both in PostgreSQL
 * @param snapshots of all tables
 * @param files of data and metadata
 */
public record Expired(long generations, long runs, long rows, long snapshots, long files) {}
