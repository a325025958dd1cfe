package countinghouse.batch.erasure;

/**
 * What an erasure did, or would do.
 *
 * @param number of the erasure in {@code published.erasure}; null if nothing was erased
 * @param records of the person that the archive or a generation had
 * @param files that held them
 * @param left files that only older snapshots have, until {@code maintenance expire} removes them
 */
public record Erased(Long number, long records, long files, long left) {}
