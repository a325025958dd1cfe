package countinghouse.local.status;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One component of a platform.
 *
 * @param name lower-case name
 * @param state {@code running} or {@code stopped}
 * @param pid of its process; null if it does not run
 * @param port that its clients use
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ComponentStatus(String name, String state, Long pid, int port) {
    public static final String RUNNING = "running";
    public static final String STOPPED = "stopped";
}
