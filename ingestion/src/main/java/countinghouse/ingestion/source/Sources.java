package countinghouse.ingestion.source;

import java.util.List;

/** The simulated systems, one for each of requirements.md, section 1. */
public final class Sources {
    private static final List<EventSource> ALL =
            List.of(new VideoPlatform(), new JobQueue(), new TicketSale(), new ServiceCounter(), new QuizApp());

    private Sources() {}

    /** Names for {@code send --source}. */
    public static List<String> names() {
        return ALL.stream().map(EventSource::name).toList();
    }

    /** Every account of every system, in a stable order. */
    public static List<SourceAccount> accounts() {
        return ALL.stream().flatMap(source -> source.accounts().stream()).toList();
    }

    /**
     * The simulation of one system.
     *
     * @param count events to send, exactly
     * @throws IllegalArgumentException if there is no such system
     */
    public static Simulation simulation(String name, long seed, int count, SimulatedDay day) {
        List<EventSource> chosen =
                ALL.stream().filter(source -> source.name().equals(name)).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("There is no source '%s'; the sources are %s".formatted(name, names()));
        }
        return new Simulation(chosen, seed, count, day);
    }

    /** The simulation of all systems together. */
    public static Simulation simulation(long seed, int count, SimulatedDay day) {
        return new Simulation(ALL, seed, count, day);
    }
}
