package countinghouse.ingestion.source;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** Random choices of one simulation; the same seed makes the same choices. {@link Random} because its sequence is specified. */
final class Draw {
    /** How busy each hour of the day is in UTC: quiet nights, a peak in the evening. */
    private static final int[] RHYTHM = {
        30, 22, 16, 12, 10, 12, 18, 30, 42, 50, 55, 60, 66, 62, 58, 60, 66, 76, 88, 98, 100, 92, 70, 46
    };

    private static final int BUSIEST = 100;
    private static final int NAME_RADIX = 36;

    private final Random random;

    Draw(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number in {@code [from, to]}. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A name that says nothing about its bearer. */
    String name() {
        return Long.toUnsignedString(random.nextLong(), NAME_RADIX);
    }

    /** 32 hex digits, as a pseudonym has them. */
    String hex() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    double fraction() {
        return random.nextDouble();
    }

    /** A moment of the day by its rhythm, at least {@code room} before its end. */
    Instant momentOf(SimulatedDay day, Duration room) {
        long span = Duration.between(day.from(), day.to()).minus(room).toMillis();
        while (true) {
            Instant moment = day.from().plusMillis((long) (random.nextDouble() * span));
            if (random.nextInt(BUSIEST) < RHYTHM[moment.atZone(ZoneOffset.UTC).getHour()]) {
                return moment;
            }
        }
    }
}
