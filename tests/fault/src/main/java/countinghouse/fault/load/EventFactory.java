package countinghouse.fault.load;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes events of every type, of a few skewed accounts; some are late, invalid, or new contents under an old id. */
final class EventFactory {
    private static final int DECIMAL_SCALE = 9;
    private static final double LATE = 0.05;
    private static final double UNTIMELY = 0.01;
    private static final double REUSED_ID = 0.005;
    private static final int REUSED_WITHIN = 2_000;

    /** Texts that a key or a field could be confused by are accounts like any other. */
    private static final List<String> ACCOUNTS = accounts();

    private static final List<String> TICKET_STATES = List.of("created", "held", "paid", "paid", "served", "no_show");
    private static final List<String> JOB_STATES = List.of("submitted", "started", "succeeded", "succeeded", "failed");
    private static final List<String> AGENTS =
            Arrays.asList("Mozilla/5.0 (X11) Firefox/140", "Googlebot/2.1", "curl/8.5.0", null);

    private final SplittableRandom random;
    private final String prefix;
    private long number;

    /** @param prefix of every id, so that two runs against one log share none */
    EventFactory(SplittableRandom random, String prefix) {
        this.random = random;
        this.prefix = prefix;
    }

    private static List<String> accounts() {
        String[] names = new String[48];
        for (int i = 0; i < names.length; i++) {
            names[i] = "account-" + i;
        }
        names[3] = "zoë|ads";
        names[5] = "odd}{:rows:views:1";
        return List.of(names);
    }

    SpecificRecordBase next(long nowMs) {
        long occurredAtMs = occurredAt(nowMs);
        return switch (random.nextInt(8)) {
            case 0 -> ad(occurredAtMs);
            case 1 -> ticket(occurredAtMs);
            case 2, 3 -> job(occurredAtMs);
            case 4 -> custom(occurredAtMs);
            default -> view(occurredAtMs);
        };
    }

    EventType typeOf(SpecificRecordBase event) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.schema().equals(event.getSchema()))
                .findFirst()
                .orElseThrow();
    }

    private ViewEvent view(long occurredAtMs) {
        ViewEvent view = new ViewEvent();
        envelope(view, occurredAtMs);
        view.setVideoId(chance(0.005) ? "no video!" : "video-" + random.nextInt(4));
        // A viewer of its own: the oracle knows nothing of the rules that compare a viewer's views.
        view.setUserId("user-of-" + view.getId());
        view.setViewDuration(chance(0.1) ? null : random.nextInt(-1, 120));
        view.setVideoLength(chance(0.5) ? null : random.nextInt(10, 600));
        view.setPrefetch(chance(0.02) ? Boolean.TRUE : null);
        view.setUserAgent(any(AGENTS));
        view.setClientNetwork(chance(0.05) ? "datacentre:0a1b" : null);
        return view;
    }

    private AdEvent ad(long occurredAtMs) {
        AdEvent ad = new AdEvent();
        envelope(ad, occurredAtMs);
        ad.setAdId("ad-" + random.nextInt(20));
        ad.setVideoId("video-" + random.nextInt(4));
        ad.setPayee(any(ACCOUNTS.subList(0, 4)));
        ad.setRevenue(chance(0.1) ? null : decimal(0, 2_000_000));
        return ad;
    }

    private TicketEvent ticket(long occurredAtMs) {
        TicketEvent ticket = new TicketEvent();
        envelope(ticket, occurredAtMs);
        ticket.setState(any(TICKET_STATES));
        ticket.setTicketId("ticket-" + number);
        ticket.setOfferingId(chance(0.1) ? "show \"5|6\"" : "show-" + random.nextInt(3));
        ticket.setPrice(decimal(-5_000_000, 90_000_000));
        return ticket;
    }

    private JobEvent job(long occurredAtMs) {
        JobEvent job = new JobEvent();
        envelope(job, occurredAtMs);
        job.setState(any(JOB_STATES));
        job.setJobId("job-" + number);
        job.setWorkflowId("workflow-" + random.nextInt(3));
        job.setDurationMs((long) random.nextInt(1, 100_000));
        return job;
    }

    private CustomEvent custom(long occurredAtMs) {
        CustomEvent custom = new CustomEvent();
        envelope(custom, occurredAtMs);
        custom.setType(chance(0.8) ? "quiz.answer.submitted" : "session.opened");
        custom.setData(Map.of("quiz_id", "quiz-" + random.nextInt(3)));
        return custom;
    }

    private void envelope(SpecificRecordBase event, long occurredAtMs) {
        number++;
        long id = chance(REUSED_ID) ? Math.max(1, number - random.nextInt(REUSED_WITHIN)) : number;
        event.put("id", prefix + "-" + id);
        event.put("source", "/fault/" + id % 3);
        // The smaller of two draws: the first accounts get most events.
        event.put("account", ACCOUNTS.get(Math.min(random.nextInt(ACCOUNTS.size()), random.nextInt(ACCOUNTS.size()))));
        event.put("occurred_at_ms", occurredAtMs);
    }

    private long occurredAt(long nowMs) {
        if (chance(UNTIMELY)) {
            return nowMs + (chance(0.5) ? TimeUnit.HOURS.toMillis(1) : -TimeUnit.DAYS.toMillis(40));
        }
        return chance(LATE) ? nowMs - random.nextLong(TimeUnit.HOURS.toMillis(6)) : nowMs - random.nextLong(5_000);
    }

    private BigDecimal decimal(long fromMillionths, long toMillionths) {
        return BigDecimal.valueOf(random.nextLong(fromMillionths, toMillionths), 6)
                .setScale(DECIMAL_SCALE);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
