package countinghouse.kit.command;

/** Who a command acts for, as audit records name the one who did something. */
public final class CommandActor {
    private CommandActor() {}

    /** {@code command:} and the name of the operating system's user; {@code unknown} if it has none. */
    public static String name() {
        return "command:" + System.getProperty("user.name", "unknown");
    }
}
