package countinghouse.local.setup;

import java.util.List;

/** One server of a deployment, and what it lacks. */
interface SetupStep {
    /** What has to be done, in this order; empty if nothing is missing. Looks only. */
    List<Change> changes();

    /** What is wrong and must not, or cannot, be changed by a command: one line each. */
    default List<String> faults() {
        return List.of();
    }
}
