package countinghouse.speed.topology;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills tasks at random steps of their work, a given number of times; the seed decides where. Shared by all threads. */
final class DeathPlan {
    /** A step before or after which nothing is lost only if state, output and offsets are committed together. */
    enum Step {
        BEFORE_PROCESS(300),
        AFTER_PROCESS(300),
        MID_FLUSH(5),
        AFTER_FLUSH(5);

        /** How many times it is reached before it kills, at most. */
        private final int patience;

        Step(int patience) {
            this.patience = patience;
        }
    }

    /** What a killed task throws; the thread dies of it without a commit. */
    static final class Death extends RuntimeException {
        Death(Step step) {
            super("killed at the step " + step);
        }
    }

    private final Random random;
    private final AtomicInteger deathsLeft;
    private Step step;
    private int countdown;

    DeathPlan(long seed, int deaths) {
        random = new Random(seed);
        deathsLeft = new AtomicInteger(deaths);
        choose();
    }

    int deathsLeft() {
        return deathsLeft.get();
    }

    synchronized void reach(Step reached) {
        if (deathsLeft.get() > 0 && reached == step && --countdown <= 0) {
            deathsLeft.decrementAndGet();
            choose();
            throw new Death(reached);
        }
    }

    private void choose() {
        // In turn, so that even a short plan visits every step.
        step = Step.values()[deathsLeft.get() % Step.values().length];
        countdown = 1 + random.nextInt(step.patience);
    }
}
