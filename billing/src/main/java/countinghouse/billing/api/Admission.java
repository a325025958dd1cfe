package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.entitlement.Decision;
import countinghouse.billing.entitlement.EntitlementConfig;
import countinghouse.billing.entitlement.Entitlements;
import countinghouse.billing.entitlement.JobEventConfig;
import countinghouse.billing.entitlement.JobEvents;
import countinghouse.kit.config.Settings;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admission in this process: the checks, and the job events that keep their counters up to date. Each part runs where its settings are; a
 * process without Redis has no checks.
 */
final class Admission implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Optional<Entitlements> entitlements;
    private final Optional<JobEvents> jobEvents;

    private Admission(Optional<Entitlements> entitlements, Optional<JobEvents> jobEvents) {
        this.entitlements = entitlements;
        this.jobEvents = jobEvents;
    }

    static Admission start(Billing billing, Settings settings) {
        if (settings.find("redis.url").isEmpty()) {
            LOG.info("No 'redis.url' is set: this process has no admission checks");
            return new Admission(Optional.empty(), Optional.empty());
        }
        Entitlements entitlements = new Entitlements(billing, EntitlementConfig.from(settings));
        boolean follows = settings.find("kafka.bootstrap-servers").isPresent()
                && settings.find("registry.url").isPresent();
        return new Admission(
                Optional.of(entitlements),
                follows
                        ? Optional.of(JobEvents.follow(JobEventConfig.from(settings), entitlements))
                        : Optional.empty());
    }

    /**
     * Mounts the checks.
     *
     * @param admitted told of every decision
     */
    void mount(Routes routes, Consumer<Decision> admitted) {
        entitlements.ifPresent(checks -> new EntitlementHandlers(checks, admitted).mount(routes));
    }

    @Override
    public void close() {
        jobEvents.ifPresent(JobEvents::close);
        entitlements.ifPresent(Entitlements::close);
    }
}
