package countinghouse.billing.verify;

/**
 * One comparison.
 *
 * @param what is compared, e.g. {@code quantity}
 * @param expected as the document or the ledger has it
 * @param actual as recomputed
 */
public record Check(String what, String expected, String actual) {
    public boolean ok() {
        return expected.equals(actual);
    }
}
