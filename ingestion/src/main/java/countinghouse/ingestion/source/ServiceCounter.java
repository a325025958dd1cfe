package countinghouse.ingestion.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S4: walk-in customers take a number, are called, and are served or do not come. */
final class ServiceCounter implements EventSource {
    private static final String SOURCE = "urn:demo:service-counter";
    private static final List<String> SERVICES = Numbering.names("service", 5);
    private static final List<SourceAccount> DEPARTMENTS = Numbering.accounts("department", 6);

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public List<SourceAccount> accounts() {
        return DEPARTMENTS;
    }

    @Override
    public int weight() {
        return 5;
    }

    @Override
    public List<SourceEvent> lifeCycle(Draw draw, SimulatedDay day, String key) {
        String department = draw.pick(DEPARTMENTS).account();
        String service = draw.pick(SERVICES);
        LifeCycle life = new LifeCycle(SOURCE, department, key, draw.momentOf(day, Duration.ofHours(2)))
                .with("ticket_id", "number-" + key)
                .with("offering_id", service)
                .with("department", department);
        life.emit("ticket.created");
        int wait = draw.between(20, 3_000);
        life.after(Duration.ofSeconds(wait));
        if (draw.chance(0.05)) {
            return life.emit("ticket.cancelled").events();
        }
        life.emit("ticket.called", Map.of("wait_seconds", wait), List.of());
        if (draw.chance(0.04)) {
            life.after(Duration.ofSeconds(draw.between(10, 60))).emit("ticket.transferred");
        }
        boolean came = draw.chance(0.9);
        Contributions counts =
                Contributions.of(department, "offering_id", service).count(came ? "tickets_served" : "tickets_no_show");
        return life.after(Duration.ofSeconds(draw.between(60, 900)))
                .emit(came ? "ticket.served" : "ticket.no_show", Map.of(), counts.list())
                .events();
    }
}
