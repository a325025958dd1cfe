package countinghouse.schemas;

/** The account of the events that the platform sends itself to see that it counts. It is counted like any other and never billed. */
public final class CanaryAccount {
    public static final String PREFIX = "countinghouse-canary";

    private CanaryAccount() {}

    /** Whether an account is a canary's; nobody else's may begin so. */
    public static boolean is(String account) {
        return account.startsWith(PREFIX);
    }
}
