package countinghouse.billing.entitlement;

import countinghouse.schemas.event.JobEvent;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each job event means for the place of its job. Taking an event in again changes nothing. */
final class JobLeases {
    private static final Logger LOG = LoggerFactory.getLogger(JobLeases.class);

    private final AdmissionCounters counters;

    JobLeases(AdmissionCounters counters) {
        this.counters = counters;
    }

    /**
     * Takes an event in.
     *
     * @param appended when the broker stored it
     * @throws CountersUnavailableException if Redis does not answer
     */
    void accept(JobEvent event, Instant appended) {
        String account = event.getAccount();
        String job = event.getJobId();
        switch (event.getState()) {
            case "submitted", "queued" -> counters.extend(account, job, appended, false);
            case "started", "retried" -> counters.extend(account, job, appended, true);
            case "succeeded", "failed", "dead_lettered", "rejected", "wait_timed_out" ->
                counters.release(account, job, appended);
            default -> LOG.warn("The job {} of {} has the unknown state '{}'", job, account, event.getState());
        }
    }
}
