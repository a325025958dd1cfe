package countinghouse.bench.batch.child;

import countinghouse.bench.batch.workload.TicketDays;

/**
 * What a child process is to do.
 *
 * @param task name of the task
 * @param days that were or are to be archived
 * @param runId of the run that the archive leaves and the night goes on with
 * @param lookBacks how many days before the last are looked at, measured in turns
 * @param rounds how often each is measured
 * @param warmUps rounds before them that are not
 * @param postgresPid process of the database, whose time counts where it works
 * @param result file that takes the {@link Outcome}
 */
public record Assignment(
        String task,
        TicketDays days,
        String runId,
        int[] lookBacks,
        int rounds,
        int warmUps,
        long postgresPid,
        String result) {
    /** A run to go on with, when there is only one. */
    public static final String RUN_ID = "bench";

    /** A task that measures nothing in turns. */
    public static Assignment once(String task, TicketDays days, String runId, String result) {
        return new Assignment(task, days, runId, new int[] {0}, 1, 0, 0, result);
    }
}
