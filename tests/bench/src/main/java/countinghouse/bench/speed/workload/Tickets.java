package countinghouse.bench.speed.workload;

import countinghouse.bench.speed.workload.Workload.Served;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.UUID;

/** Events of the workload as they travel: the real schema, about 150 bytes. Not thread-safe. */
public final class Tickets {
    private final Workload workload;
    private final EventEncoder encoder;

    public Tickets(Workload workload, SchemaRegistry registry) {
        this.workload = workload;
        this.encoder = new EventEncoder(registry, EventType.TICKET);
    }

    /** The record value of an event; the same bytes however often it is delivered. */
    public byte[] encode(Served served) {
        String id = new UUID(workload.bits(served.number(), 4), workload.bits(served.number(), 5)).toString();
        TicketEvent ticket = TicketEvent.newBuilder()
                .setId(id)
                .setSource("counters.example")
                .setAccount(Accounts.name(served.account()))
                .setOccurredAtMs(served.occurredAtMs())
                .setState("served")
                .setTicketId("ticket-%09d".formatted(served.number()))
                .setOfferingId(Accounts.offering(served.account()))
                .setTicketClass("standard")
                .setDepartment("registration")
                .setWaitSeconds(served.number() % 1800)
                .setUserId("user-%08d".formatted(served.number() % 1_000_003))
                .build();
        return encoder.encode(ticket);
    }
}
