package countinghouse.batch.publish;

import countinghouse.batch.run.Step;

/**
 * The outcome of a publish.
 *
 * @param generation its number
 * @param rows copied to PostgreSQL
 */
public record Published(long generation, long rows) {
    public static final Step<Published> STEP = new Step<>("publish", Published.class);
}
