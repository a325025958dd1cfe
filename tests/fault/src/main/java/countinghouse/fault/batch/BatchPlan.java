package countinghouse.fault.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What happens in a round.
 *
 * @param phase the earliest phase of the run in which the victim is killed
 * @param into how far into the phase, if it lasts that long
 * @param down how long a component stays dead
 * @param loadBefore how long events flow before the run
 */
record BatchPlan(BatchVictim victim, BatchPhase phase, Duration into, Duration down, Duration loadBefore) {
    /** Where data is written and committed, most of the time. */
    private static final List<BatchPhase> PHASES = List.of(
            BatchPhase.SEAL,
            BatchPhase.ARCHIVE,
            BatchPhase.ARCHIVE,
            BatchPhase.GATE_RAW,
            BatchPhase.RECOMPUTE,
            BatchPhase.RECOMPUTE,
            BatchPhase.GATE_COUNTS,
            BatchPhase.RECONCILE,
            BatchPhase.PUBLISH,
            BatchPhase.PUBLISH);

    private static final int INTO_MAX_MS = 1_500;
    private static final int DOWN_MAX_MS = 2_000;
    private static final int LOAD_MIN_MS = 2_000;
    private static final int LOAD_MAX_MS = 6_000;

    /** The rounds of a seed; every kind of victim, and every phase, comes up before one comes up twice. */
    static List<BatchPlan> of(int rounds, long seed) {
        Random random = new Random(seed);
        List<BatchVictim> victims = new ArrayList<>();
        List<BatchPhase> phases = new ArrayList<>();
        List<BatchPlan> plans = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            plans.add(new BatchPlan(
                    deal(victims, List.of(BatchVictim.values()), random),
                    deal(phases, PHASES, random),
                    Duration.ofMillis(random.nextInt(INTO_MAX_MS)),
                    Duration.ofMillis(random.nextInt(DOWN_MAX_MS)),
                    Duration.ofMillis(random.nextInt(LOAD_MIN_MS, LOAD_MAX_MS))));
        }
        return plans;
    }

    private static <T> T deal(List<T> deck, List<T> cards, Random random) {
        if (deck.isEmpty()) {
            deck.addAll(cards);
            Collections.shuffle(deck, random);
        }
        return deck.remove(0);
    }
}
