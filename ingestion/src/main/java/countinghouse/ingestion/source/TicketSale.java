package countinghouse.ingestion.source;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S3: tickets held, paid for, expired and released; some are cancelled or handed on later. */
final class TicketSale implements EventSource {
    private static final String SOURCE = "urn:demo:ticket-sale";
    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final int SHOWS_PER_ORGANISER = 4;
    private static final List<SourceAccount> ORGANISERS = Numbering.accounts("organiser", 8);
    private static final Zipf POPULARITY = new Zipf(ORGANISERS.size() * SHOWS_PER_ORGANISER, 1.1);

    @Override
    public String name() {
        return "tickets";
    }

    @Override
    public List<SourceAccount> accounts() {
        return ORGANISERS;
    }

    @Override
    public int weight() {
        return 8;
    }

    @Override
    public List<SourceEvent> lifeCycle(Draw draw, SimulatedDay day, String key) {
        int show = POPULARITY.next(draw);
        String organiser = ORGANISERS.get(show % ORGANISERS.size()).account();
        String offering = "show-%03d".formatted(show + 1);
        boolean vip = draw.chance(0.15);
        BigDecimal price =
                BigDecimal.valueOf(vip ? 9_000 + 250 * draw.between(0, 20) : 2_500 + 50 * draw.between(0, 40), 2);
        LifeCycle life = new LifeCycle(SOURCE, organiser, key, draw.momentOf(day, Duration.ofHours(1)))
                .with("ticket_id", "ticket-" + key)
                .with("offering_id", offering)
                .with("ticket_class", vip ? "vip" : "normal")
                .with("price", price)
                .with("currency", "USD")
                .with("user_id", "buyer-" + draw.between(1, 5_000));
        life.emit("ticket.held");
        if (!draw.chance(0.7)) {
            return draw.chance(0.6)
                    ? life.after(HOLD)
                            .emit("ticket.hold_expired")
                            .after(Duration.ofMillis(3))
                            .emit("ticket.released")
                            .events()
                    : life.after(Duration.ofSeconds(draw.between(5, 500)))
                            .emit("ticket.released")
                            .events();
        }
        life.after(Duration.ofSeconds(draw.between(20, 590)))
                .emit(
                        "ticket.paid",
                        Map.of(),
                        Contributions.of(organiser, "offering_id", offering)
                                .count("tickets_sold")
                                .sum("ticket_revenue", price)
                                .list());
        if (draw.chance(0.04)) {
            life.after(Duration.ofMinutes(draw.between(1, 40)))
                    .emit(draw.chance(0.5) ? "ticket.cancelled" : "ticket.transferred");
        }
        return life.events();
    }
}
