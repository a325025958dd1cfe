package countinghouse.ingestion.canary;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an event of each type through the public door and looks through the public API until it is counted (design.md, section 3). */
final class Canary {
    private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final CanaryConfig config;
    private final CanaryMetrics metrics;
    private final PublicDoor door;
    private final Clock clock;

    Canary(CanaryConfig config, CanaryMetrics metrics, Clock clock) {
        this.config = config;
        this.metrics = metrics;
        this.door = new PublicDoor(config.baseUrl());
        this.clock = clock;
    }

    /** One event of each type, one after the other; never fails. Ends early if interrupted. */
    void round() {
        for (CanaryEvent event : CanaryEvent.values()) {
            try {
                CanaryResult result = send(event);
                if (result != CanaryResult.COUNTED) {
                    LOG.warn("Canary: {} is {} after {}", event.slug(), result.label(), config.patience());
                    metrics.failed(event, result);
                }
            } catch (IOException e) {
                LOG.warn("Canary: {} could not be sent or looked up: {}", event.slug(), e.toString());
                metrics.failed(event, CanaryResult.REFUSED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private CanaryResult send(CanaryEvent event) throws IOException, InterruptedException {
        String credentials = config.credentials().get();
        BigDecimal before = door.total(event.meter(), config.account(), credentials);
        long sentAt = System.nanoTime();
        String id = UUID.randomUUID().toString();
        door.send(event.json(id, "countinghouse/canary", config.account(), clock.instant()), credentials);
        while (System.nanoTime() - sentAt < config.patience().toNanos()) {
            BigDecimal after = door.total(event.meter(), config.account(), credentials);
            int moved = after.subtract(before).compareTo(BigDecimal.ONE);
            if (moved == 0) {
                metrics.counted(event, Duration.ofNanos(System.nanoTime() - sentAt));
                return CanaryResult.COUNTED;
            }
            if (moved > 0) {
                return CanaryResult.MISCOUNTED;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
        return CanaryResult.ABSENT;
    }
}
