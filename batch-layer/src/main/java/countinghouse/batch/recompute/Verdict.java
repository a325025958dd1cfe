package countinghouse.batch.recompute;

/**
 * What a record of an event topic comes to before meters look at it.
 *
 * @param outcome one of the disjoint and complete cases
 * @param rule id of the rule an invalid event breaks, else null
 */
public record Verdict(Outcome outcome, String rule) {
    static final Verdict TICK = new Verdict(Outcome.TICK, null);
    static final Verdict UNDECODABLE = new Verdict(Outcome.UNDECODABLE, null);
    static final Verdict DUPLICATE = new Verdict(Outcome.DUPLICATE, null);
    static final Verdict VALID = new Verdict(Outcome.VALID, null);

    /** The cases of the zero-loss proof; a valid event is then either counted or unmetered. */
    public enum Outcome {
        TICK,
        UNDECODABLE,
        DUPLICATE,
        INVALID,
        VALID
    }

    static Verdict invalid(String rule) {
        return new Verdict(Outcome.INVALID, rule);
    }

    public boolean isValid() {
        return outcome == Outcome.VALID;
    }
}
