package countinghouse.batch.archive;

import countinghouse.bench.batch.workload.Delivery;
import countinghouse.bench.batch.workload.TicketAccounts;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventEncoder;
import java.math.BigDecimal;
import java.util.UUID;

/** Tickets of the workload as they travel; the same bytes however often one is delivered. Not thread-safe. */
final class TicketRecords {
    private static final int SCALE = 9;
    private static final int CENTS = 2;
    private static final int USERS = 1_000_003;
    private static final int LONGEST_WAIT_SECONDS = 1800;

    private final EventEncoder encoder;

    TicketRecords(EventEncoder encoder) {
        this.encoder = encoder;
    }

    byte[] encode(Delivery.Ticket ticket) {
        TicketEvent.Builder event = TicketEvent.newBuilder()
                .setId(new UUID(ticket.idHigh(), ticket.idLow()).toString())
                .setSource("counters.example")
                .setAccount(TicketAccounts.name(ticket.account()))
                .setOccurredAtMs(ticket.occurredAtMs())
                .setState(ticket.isPaid() ? "paid" : "served")
                .setTicketId("ticket-" + Math.floorMod(ticket.idLow(), Integer.MAX_VALUE))
                .setOfferingId(TicketAccounts.offering(ticket.account()))
                .setTicketClass("standard")
                .setUserId("user-" + Math.floorMod(ticket.idHigh(), USERS));
        if (ticket.isPaid()) {
            event.setPrice(BigDecimal.valueOf(ticket.cents(), CENTS).setScale(SCALE))
                    .setCurrency("EUR");
        } else {
            event.setDepartment("registration")
                    .setWaitSeconds((int) Math.floorMod(ticket.idHigh(), (long) LONGEST_WAIT_SECONDS));
        }
        return encoder.encode(event.build());
    }
}
