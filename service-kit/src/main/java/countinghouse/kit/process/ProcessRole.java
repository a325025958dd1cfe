package countinghouse.kit.process;

/** What a process can be told to do ({@code serve --roles}); found by {@link java.util.ServiceLoader}. */
public interface ProcessRole {
    /** The role's name on the command line. */
    String name();

    /** Starts the role: mounts routes, registers checks and metrics, starts its threads. Closing stops it gracefully. */
    AutoCloseable start(ProcessContext context);
}
