package countinghouse.bench.batch.workload;

/**
 * A record of the log.
 *
 * @param appendTimeMs when the broker appended it
 * @param ticket that it carries, for the first time or again
 */
public record Delivery(long appendTimeMs, Ticket ticket) {
    /**
     * A ticket that was paid, or served at a counter.
     *
     * @param number unique in its partition
     * @param account number of the account
     * @param occurredAtMs event time
     * @param cents price, 0 if it was served
     * @param idHigh half of its random id
     * @param idLow the other half
     */
    public record Ticket(long number, int account, long occurredAtMs, int cents, long idHigh, long idLow) {
        public boolean isPaid() {
            return cents > 0;
        }
    }
}
