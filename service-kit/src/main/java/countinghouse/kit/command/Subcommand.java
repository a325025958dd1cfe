package countinghouse.kit.command;

/** A subcommand of {@code countinghouse}, found by {@link java.util.ServiceLoader}; the implementation is a picocli command. */
public interface Subcommand extends Runnable {
    /** The name of the subcommand that this one belongs under; empty for {@code countinghouse} itself. */
    default String parent() {
        return "";
    }
}
