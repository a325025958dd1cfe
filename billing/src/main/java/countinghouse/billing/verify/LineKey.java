package countinghouse.billing.verify;

/**
 * Names a line.
 *
 * @param document its id
 * @param n from 1
 */
record LineKey(String document, int n) {
    /** The line's name in the ledger. */
    String subject() {
        return "line:%s/%d".formatted(document, n);
    }
}
