package countinghouse.ingestion.source;

import java.util.List;

/** A simulated system that produces events. Stateless: everything random comes from the draw, so a seed gives the same events again. */
interface EventSource {
    /** Name on the command line. */
    String name();

    /** Every account of the system. */
    List<SourceAccount> accounts();

    /** How much of a mixed simulation's life cycles are this system's, in relation to the others. */
    int weight();

    /**
     * The events of one more life cycle, in order.
     *
     * @param key unique within the simulation; ids are made from it
     */
    List<SourceEvent> lifeCycle(Draw draw, SimulatedDay day, String key);
}
