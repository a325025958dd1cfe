package countinghouse.speed.projector;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock on which a full second passes with every look. */
final class RacingClock {
    private RacingClock() {}

    static Clock start() {
        AtomicLong nowMs = new AtomicLong();
        InstantSource source = () -> Instant.ofEpochMilli(nowMs.addAndGet(1000));
        return source.withZone(ZoneOffset.UTC);
    }
}
