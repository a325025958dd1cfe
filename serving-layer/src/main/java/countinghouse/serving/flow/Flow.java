package countinghouse.serving.flow;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.serving.log.LogEnds;
import countinghouse.serving.speedview.ProgressSnapshot;
import countinghouse.serving.speedview.ProgressSnapshot.Reached;
import countinghouse.serving.speedview.SpeedUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * What comes in and how far it is counted. Looked at when somebody asks, at most once a second however many ask; rates are those between
 * the oldest look of the last minute and the newest.
 */
public final class Flow {
    private static final Duration AGE = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final List<String> EVENT_TOPICS =
            Arrays.stream(EventType.values()).map(EventType::topic).toList();
    private static final List<String> TOPICS =
            Stream.concat(EVENT_TOPICS.stream(), Stream.of(Topics.QUARANTINE)).toList();

    private final LogEnds log;
    private final Supplier<ProgressSnapshot> progress;
    private final Clock clock;
    private final Deque<FlowSnapshot> looks = new ArrayDeque<>();

    /** @param progress of the speed layer; fails with {@link SpeedUnavailableException} */
    public Flow(LogEnds log, Supplier<ProgressSnapshot> progress, Clock clock) {
        this.log = log;
        this.progress = progress;
        this.clock = clock;
    }

    /** The newest look and the one that its rates are measured from. */
    public synchronized FlowRates rates() {
        Instant now = clock.instant();
        if (looks.isEmpty() || looks.getLast().asOf().plus(AGE).isBefore(now)) {
            looks.addLast(look(now));
        }
        // A clock that was set back would give rates of nonsense.
        looks.removeIf(
                look -> look.asOf().isBefore(now.minus(WINDOW)) || look.asOf().isAfter(now));
        if (looks.isEmpty()) {
            looks.addLast(look(now));
        }
        return new FlowRates(looks.getFirst(), looks.getLast());
    }

    private FlowSnapshot look(Instant now) {
        ProgressSnapshot reached;
        try {
            // Before the ends of the log: what is counted can then never be more than what was accepted.
            reached = progress.get();
        } catch (SpeedUnavailableException e) {
            reached = null;
        }
        Map<TopicPartition, Long> ends = log.of(TOPICS);
        long quarantined = sum(ends, Topics.QUARANTINE);
        if (reached == null) {
            return new FlowSnapshot(
                    now,
                    EVENT_TOPICS.stream()
                            .map(topic -> new TopicFlow(topic, sum(ends, topic), -1, -1, null))
                            .toList(),
                    quarantined,
                    "The live counts cannot be read now, so it is not known how far events are counted");
        }
        Map<TopicPartition, Long> waiting = waiting(ends, reached);
        Map<TopicPartition, Long> since = log.appendTimes(waiting);
        ProgressSnapshot known = reached;
        return new FlowSnapshot(
                now,
                EVENT_TOPICS.stream()
                        .map(topic -> topic(topic, ends, known, waiting, since, now))
                        .toList(),
                quarantined,
                reached.missing());
    }

    private static TopicFlow topic(
            String topic,
            Map<TopicPartition, Long> ends,
            ProgressSnapshot reached,
            Map<TopicPartition, Long> waiting,
            Map<TopicPartition, Long> since,
            Instant now) {
        long accepted = 0;
        long counted = 0;
        long lagMs = 0;
        long newestMs = Long.MIN_VALUE;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicPartition partition = end.getKey();
            if (!partition.topic().equals(topic)) {
                continue;
            }
            Reached made = reached.reached().get(partition.toString());
            accepted += end.getValue();
            counted += waiting.getOrDefault(partition, end.getValue());
            newestMs = made == null ? newestMs : Math.max(newestMs, made.runningMaximumMs());
            if (waiting.containsKey(partition)) {
                // Whatever waits was appended after what is counted.
                long latest = made == null ? now.toEpochMilli() : made.runningMaximumMs();
                lagMs = Math.max(lagMs, now.toEpochMilli() - since.getOrDefault(partition, latest));
            }
        }
        return new TopicFlow(
                topic, accepted, counted, lagMs, newestMs == Long.MIN_VALUE ? null : Instant.ofEpochMilli(newestMs));
    }

    /** The next offset to be counted of each partition that has more than is counted. */
    private static Map<TopicPartition, Long> waiting(Map<TopicPartition, Long> ends, ProgressSnapshot reached) {
        Map<TopicPartition, Long> waiting = new HashMap<>();
        ends.forEach((partition, end) -> {
            Reached made = reached.reached().get(partition.toString());
            long next = made == null ? 0 : made.nextOffset();
            if (!partition.topic().equals(Topics.QUARANTINE) && next < end) {
                waiting.put(partition, next);
            }
        });
        return waiting;
    }

    private static long sum(Map<TopicPartition, Long> ends, String topic) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
