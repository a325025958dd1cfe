package countinghouse.fault.process;

/** Times as reports give them: in seconds, to a tenth. */
public final class Seconds {
    private static final double NANOS_PER_TENTH = 1e8;
    private static final double TENTHS = 10;

    private Seconds() {}

    /** Since a moment of {@link System#nanoTime}. */
    public static double since(long nanoTime) {
        return Math.round((System.nanoTime() - nanoTime) / NANOS_PER_TENTH) / TENTHS;
    }
}
