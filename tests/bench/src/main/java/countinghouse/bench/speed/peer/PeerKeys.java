package countinghouse.bench.speed.peer;

/** Where peers put their counts in Redis. */
public final class PeerKeys {
    /** Hash: writer to how many different events are visible in the rows. */
    public static final String PROGRESS = "bench:progress";

    private PeerKeys() {}

    /** Hash of an account's rows: start of the cell in ms to count. */
    public static String rows(String account) {
        return "bench:{" + account + "}";
    }
}
