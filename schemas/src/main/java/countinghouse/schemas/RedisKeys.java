package countinghouse.schemas;

/**
 * The Redis key layout (docs/architecture/contracts.md). Keys of one account share the hash tag {@code {account}}, so that one
 * script may touch them together in a cluster.
 */
public final class RedisKeys {
    /** The epoch that readers use. */
    public static final String EPOCH = "ch:epoch";
    /** Start in ms of the oldest bucket that is still held. */
    public static final String SPEED_FLOOR = "ch:speed-floor";
    /** {@code live}, or {@code rebuilding|PERCENT}. */
    public static final String STATE = "ch:state";
    /** Channel of {@code account meter} hints for live streams. */
    public static final String LIVE_CHANNEL = "ch:live";

    /** Which hashes beside the rows are kept; absent if rows were written by a build that kept none. */
    public static final String LAYOUT = "ch:layout";

    public static final String LAYOUT_TOTALS = "totals";
    /** Live view of the jobs in flight: field job id, value {@code events|bucket|state}. */
    public static final String LIVE_JOBS = "jobs";
    /** Live view of waiting times: field {@code bucket|offering}, value {@code n|seconds:calls,seconds:calls...}. */
    public static final String LIVE_WAITS = "waits";

    public static final String STATE_LIVE = "live";
    public static final String STATE_REBUILDING = "rebuilding";

    private RedisKeys() {}

    /** Hash of the rows of one account and meter. */
    public static String rows(String account, String meter, long epoch) {
        return "ch:{" + account + "}:rows:" + meter + ":" + epoch;
    }

    /** Hash {@code bucket -> n|value|first cell|last cell}: the rows of one account and meter, summed per bucket. */
    public static String totals(String account, String meter, long epoch) {
        return "ch:{" + account + "}:totals:" + meter + ":" + epoch;
    }

    /** Hash {@code dimensions -> n|value}: the rows of one account and meter, summed per dimensions over every bucket held. */
    public static String dimensionTotals(String account, String meter, long epoch) {
        return "ch:{" + account + "}:dimensions:" + meter + ":" + epoch;
    }

    /** Sorted set of dimensions by their (rounded) values; the exact ones are in {@link #dimensionTotals}. */
    public static String top(String account, String meter, long epoch) {
        return "ch:{" + account + "}:top:" + meter + ":" + epoch;
    }

    /** Hash of one account's live view: {@link #LIVE_JOBS} or {@link #LIVE_WAITS}. */
    public static String live(String account, String view, long epoch) {
        return "ch:{" + account + "}:live:" + view + ":" + epoch;
    }

    /** What admission knows of an account: {@code requests}, {@code quota:DATE}, {@code jobs} or {@code events}. */
    public static String admission(String account, String what) {
        return "ch:{" + account + "}:admission:" + what;
    }

    /** Set of the accounts that have rows. */
    public static String accounts(long epoch) {
        return "ch:accounts:" + epoch;
    }

    /** Hash {@code topic-partition -> nextOffset|runningMaximum}: how far the rows in Redis reach. */
    public static String progress(long epoch) {
        return "ch:progress:" + epoch;
    }

    /** Mark that the projector leaves on a node of Redis; while it is there, nobody flushed the node. The number decides the slot. */
    public static String kept(int number) {
        return "ch:kept:" + number;
    }

    /** Hash of the projector's own: partition of the counts topic -> next offset, and the run id of the Redis they are valid for. */
    public static String projector(long epoch) {
        return "ch:projector:" + epoch;
    }
}
