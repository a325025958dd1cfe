package countinghouse.ingestion.source;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** S2: jobs of customers in four tiers, with the waiting of requirements.md 3.4 and the retries of 3.7. */
final class JobQueue implements EventSource {
    private static final String SOURCE = "urn:demo:job-queue";
    /** Room for two hours of waiting and the longest chain of retries. */
    private static final Duration LONGEST = Duration.ofHours(3);

    private static final List<String> WORKFLOWS = Numbering.names("workflow", 8);
    private static final Zipf POPULARITY = new Zipf(WORKFLOWS.size(), 0.9);
    private static final List<SourceAccount> CUSTOMERS = Stream.of(
                    customers(Tier.VIP, 2), customers(Tier.PREMIUM, 4), customers(Tier.PRO, 6), customers(Tier.FREE, 8))
            .flatMap(List::stream)
            .toList();
    private static final Zipf ACTIVITY = new Zipf(CUSTOMERS.size(), 0.7);

    private static List<SourceAccount> customers(Tier tier, int count) {
        String role = "customer-" + tier.name().toLowerCase(Locale.ROOT);
        return Numbering.names(role, count).stream()
                .map(name -> new SourceAccount(name, "customer", tier))
                .toList();
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public List<SourceAccount> accounts() {
        return CUSTOMERS;
    }

    @Override
    public int weight() {
        return 10;
    }

    @Override
    public List<SourceEvent> lifeCycle(Draw draw, SimulatedDay day, String key) {
        SourceAccount customer = CUSTOMERS.get(ACTIVITY.next(draw));
        String workflow = WORKFLOWS.get(POPULARITY.next(draw));
        LifeCycle life = new LifeCycle(SOURCE, customer.account(), key, draw.momentOf(day, LONGEST))
                .with("job_id", "job-" + key)
                .with("workflow_id", workflow)
                .with("priority", 10 * (Tier.values().length - customer.tier().ordinal()));
        life.emit(
                "job.submitted",
                Map.of(),
                Contributions.of(customer.account(), "workflow_id", workflow)
                        .count("jobs_submitted")
                        .list());
        if (isAdmitted(draw, customer.tier(), life)) {
            run(draw, customer.account(), workflow, life);
        }
        return life.events();
    }

    /** When the queue is full: VIP runs at once, Premium and Pro wait for a while, Free is told that the system is busy. */
    private static boolean isAdmitted(Draw draw, Tier tier, LifeCycle life) {
        boolean full = draw.chance(0.08);
        if (full && tier == Tier.FREE) {
            life.after(Duration.ofMillis(20)).emit("job.rejected");
            return false;
        }
        life.after(Duration.ofMillis(50)).emit("job.queued");
        if (full && tier == Tier.PREMIUM && draw.chance(0.3)) {
            life.after(Duration.ofMinutes(30)).emit("job.wait_timed_out");
            return false;
        }
        if (full && tier == Tier.PRO && draw.chance(0.3)) {
            life.after(Duration.ofHours(2)).emit("job.wait_timed_out");
            return false;
        }
        life.after(Duration.ofSeconds(full && tier != Tier.VIP ? draw.between(60, 1200) : draw.between(0, 20)));
        return true;
    }

    private static void run(Draw draw, String account, String workflow, LifeCycle life) {
        ErrorClass errorClass = draw.chance(0.12) ? draw.pick(List.of(ErrorClass.values())) : null;
        int failures = errorClass == null ? 0 : draw.between(1, errorClass.retries() + 1);
        for (int attempt = 1; ; attempt++) {
            life.with("attempt", attempt).emit("job.started");
            int durationMs = draw.between(20, 45_000);
            life.after(Duration.ofMillis(durationMs));
            Contributions counts = Contributions.of(account, "workflow_id", workflow);
            if (attempt > failures) {
                counts.count("jobs_completed").sum("job_seconds", BigDecimal.valueOf(durationMs, 3));
                life.emit("job.succeeded", Map.of("duration_ms", durationMs), counts.list());
                return;
            }
            life.emit(
                    "job.failed",
                    Map.of("duration_ms", durationMs, "error_class", errorClass.label()),
                    counts.count("jobs_failed").list());
            if (attempt > errorClass.retries()) {
                life.after(Duration.ofMillis(5))
                        .emit("job.dead_lettered", Map.of("error_class", errorClass.label()), List.of());
                return;
            }
            life.after(errorClass.backoff(attempt))
                    .emit("job.retried", Map.of("error_class", errorClass.label()), List.of());
        }
    }
}
