package countinghouse.ingestion.source;

import countinghouse.kit.http.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * A simulated day as a sequence of exactly {@code count} events to send, the same for the same seed, count and day. Some are sent
 * twice (most soon, some much later), some are late, in the future or broken; each says which.
 */
public final class Simulation implements Iterator<SentEvent> {
    static final double DUPLICATES = 0.02;
    static final double LATE = 0.01;
    static final double FUTURE = 0.005;
    static final double MALFORMED = 0.005;

    private static final double MUCH_LATER = 0.25;
    private static final int SOON = 500;
    /** Within the 35 days that an event may be behind, with the simulated day and the sending to spare. */
    private static final int LATEST_HOURS = 24 * 30;

    private record Resend(int position, SentEvent sent) {}

    private final List<EventSource> sources;
    private final int totalWeight;
    private final Draw draw;
    private final String keyPrefix;
    private final int count;
    private final SimulatedDay day;
    private final Deque<SourceEvent> lifeCycle = new ArrayDeque<>();
    private final PriorityQueue<Resend> resends = new PriorityQueue<>(Comparator.comparingInt(Resend::position));
    private int position;
    private int lifeCycles;

    Simulation(List<EventSource> sources, long seed, int count, SimulatedDay day) {
        this.sources = sources;
        this.totalWeight = sources.stream().mapToInt(EventSource::weight).sum();
        this.draw = new Draw(seed);
        // The hour keeps a later simulation with the same seed from being taken for a repetition of this one.
        this.keyPrefix = Long.toString(seed, 36) + "-"
                + Long.toString(day.to().getEpochSecond() / Duration.ofHours(1).toSeconds(), 36);
        this.count = count;
        this.day = day;
    }

    @Override
    public boolean hasNext() {
        return position < count;
    }

    @Override
    public SentEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The simulation has sent its %d events".formatted(count));
        }
        SentEvent sent = !resends.isEmpty() && resends.peek().position() <= position
                ? resends.poll().sent()
                : fresh();
        position++;
        return sent;
    }

    private SentEvent fresh() {
        SourceEvent event = nextEvent();
        double fate = draw.fraction();
        if (fate < MALFORMED) {
            String json = Json.text(Defect.draw(draw, event).broken(event));
            return new SentEvent(SentEvent.Kind.MALFORMED, event, json);
        }
        if (fate < MALFORMED + FUTURE) {
            // More than a day ahead: it stays in the future however long the sending takes.
            return sent(SentEvent.Kind.FUTURE, event.at(day.to().plus(Duration.ofHours(draw.between(30, 72)))));
        }
        if (fate < MALFORMED + FUTURE + LATE) {
            return resendable(sent(
                    SentEvent.Kind.LATE,
                    event.at(day.from().minus(Duration.ofMinutes(draw.between(1, 60 * LATEST_HOURS))))));
        }
        return resendable(sent(SentEvent.Kind.REGULAR, event));
    }

    private SentEvent resendable(SentEvent sent) {
        if (draw.chance(DUPLICATES)) {
            int left = count - position - 1;
            int distance = draw.chance(MUCH_LATER) ? left / 2 + draw.between(0, left / 2) : draw.between(1, SOON);
            resends.add(new Resend(
                    position + distance, new SentEvent(SentEvent.Kind.DUPLICATE, sent.event(), sent.json())));
        }
        return sent;
    }

    private static SentEvent sent(SentEvent.Kind kind, SourceEvent event) {
        return new SentEvent(kind, event, Json.text(event.members()));
    }

    private SourceEvent nextEvent() {
        while (lifeCycle.isEmpty()) {
            String key = keyPrefix + "-" + Integer.toString(lifeCycles++, 36);
            EventSource source = nextSource();
            lifeCycle.addAll(source.lifeCycle(draw, day, source.name() + "-" + key));
        }
        return lifeCycle.poll();
    }

    private EventSource nextSource() {
        int left = draw.between(1, totalWeight);
        for (EventSource source : sources) {
            left -= source.weight();
            if (left <= 0) {
                return source;
            }
        }
        throw new IllegalStateException("The weights do not add up");
    }
}
