package countinghouse.local.component;

import countinghouse.local.child.ChildCommand;
import java.time.Duration;

/** One server of the platform: how to start it and how to see that it serves. */
public interface Component {
    /** Lower-case name; also that of its log and its data folder. */
    String name();

    /** The port that clients use. */
    int port();

    /** Writes the configuration files and gives the command; called before each start. */
    ChildCommand command();

    /** Whether it serves now; answers within a second. */
    boolean isReady();

    /** How long a start may take on a busy machine. */
    default Duration startDeadline() {
        return Duration.ofMinutes(4);
    }
}
