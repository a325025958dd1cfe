package countinghouse.kit.process;

import java.net.URL;
import java.util.Optional;

/** What a process can be told to do ({@code serve --roles}); found by {@link java.util.ServiceLoader}. */
public interface ProcessRole {
    /** The role's name on the command line. */
    String name();

    /** The role's part of the HTTP contract, an OpenAPI document; empty if it has no routes. */
    default Optional<URL> contract() {
        return Optional.empty();
    }

    /** Whether it has routes for callers with credentials; a process in which no role has any does not need the database of those. */
    default boolean hasCallers() {
        return true;
    }

    /** Starts the role: mounts routes, registers checks and metrics, starts its threads. Closing stops it gracefully. */
    AutoCloseable start(ProcessContext context);
}
