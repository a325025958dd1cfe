package countinghouse.fault.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What happens in a round.
 *
 * @param victim killed after {@code loadBefore}
 * @param along killed at the same moment; null if nothing else is
 * @param again whether the victim is killed once more, {@code untilAgain} into its restart
 * @param loadBefore how long events flow before the kill
 * @param down how long the victim stays dead
 */
record Plan(Victim victim, Victim along, boolean again, Duration loadBefore, Duration down, Duration untilAgain) {
    private static final int LOAD_MIN_MS = 500;
    private static final int LOAD_MAX_MS = 5_000;
    private static final int DOWN_MAX_MS = 2_500;
    private static final int AGAIN_MIN_MS = 200;
    private static final int AGAIN_MAX_MS = 6_000;
    private static final double ALONG = 0.15;
    private static final double AGAIN = 0.2;

    /** The rounds of a seed. Victims are dealt like cards, so that every kind comes up before one comes up twice. */
    static List<Plan> of(int rounds, long seed) {
        Random random = new Random(seed);
        List<Victim> deck = new ArrayList<>();
        List<Plan> plans = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (deck.isEmpty()) {
                deck.addAll(List.of(Victim.values()));
                Collections.shuffle(deck, random);
            }
            plans.add(next(deck.remove(0), random));
        }
        return plans;
    }

    private static Plan next(Victim victim, Random random) {
        double kind = random.nextDouble();
        Victim along = Victim.values()[random.nextInt(Victim.values().length)];
        return new Plan(
                victim,
                kind < ALONG && along != victim ? along : null,
                kind > 1 - AGAIN,
                Duration.ofMillis(random.nextInt(LOAD_MIN_MS, LOAD_MAX_MS)),
                Duration.ofMillis(random.nextInt(DOWN_MAX_MS)),
                Duration.ofMillis(random.nextInt(AGAIN_MIN_MS, AGAIN_MAX_MS)));
    }
}
