package countinghouse.batch.erasure;

import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.reconcile.SpeedStore;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.schedule.CountingSchedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisException;

/** What must hold, so that no count, bill or comparison changes by an erasure. */
final class ErasureConditions {
    private final CountingSchedule schedule;
    private final Generations generations;
    private final String redisUrl;

    /** @param redisUrl of the live layer's rows */
    ErasureConditions(CountingSchedule schedule, Generations generations, String redisUrl) {
        this.schedule = schedule;
        this.generations = generations;
        this.redisUrl = redisUrl;
    }

    /** Rows would hold the person, or would be others after the erasure; a sketch of the persons does not tell them. */
    void requireNoMeterThatShows() {
        schedule.pins().stream()
                .map(pin -> schedule.at(pin.effectiveFromMs()))
                .flatMap(version -> version.meters().meters().stream())
                .forEach(ErasureConditions::requireShowsNobody);
    }

    private static void requireShowsNobody(Meter meter) {
        Stream.concat(Stream.of(Person.COLUMN), Person.DETAILS.stream())
                .filter(column -> meter.dimensions().contains(column)
                        || meter.where() != null && meter.where().reads(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "The meter '%s' counts by '%s', so its counts would be others without the person; nobody can be erased where a version of the configuration has it"
                                    .formatted(meter.slug(), column));
                });
    }

    /** An account stays on its bills; what the live layer still holds is compared with what is archived. */
    void requireErasable(List<PersonFile> files) {
        long own = files.stream().mapToLong(PersonFile::own).sum();
        if (own > 0) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "This is an account, and %,d of the records are its own views of itself: by its name they are kept out of bills, which stay as long as the law wants them"
                            .formatted(own));
        }
        long lastMs = files.stream().mapToLong(PersonFile::lastBucketMs).max().orElseThrow();
        long floorMs = liveFloorMs();
        if (lastMs >= floorMs) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "The newest record is of %s, and the live layer holds what it counted from %s on, which each run compares with the archive; nothing was changed. If the person sends no more, try again later; runs that have to publish until then: %d"
                            .formatted(
                                    Instant.ofEpochMilli(lastMs),
                                    Instant.ofEpochMilli(floorMs),
                                    runsUntilDropped(lastMs)));
        }
    }

    /** The seal of a run lets the live layer drop what the parent of the current generation has closed (ADR 0028). */
    private int runsUntilDropped(long bucketMs) {
        Optional<Generation> current = generations.current();
        if (current.map(Generation::parent)
                .flatMap(generations::find)
                .filter(parent -> bucketMs < parent.closedThroughMs())
                .isPresent()) {
            return 1;
        }
        return current.filter(generation -> bucketMs < generation.closedThroughMs())
                        .isPresent()
                ? 2
                : 3;
    }

    private long liveFloorMs() {
        try (SpeedStore live = new SpeedStore(redisUrl)) {
            return live.floorMs();
        } catch (JedisException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot ask Redis what the live layer still holds: %s; nothing was changed. Check Redis, then try again"
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
