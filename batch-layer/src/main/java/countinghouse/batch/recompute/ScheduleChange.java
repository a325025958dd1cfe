package countinghouse.batch.recompute;

import countinghouse.batch.generation.Manifest;
import countinghouse.batch.generation.Versions;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.metering.schedule.VersionPin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What may change between a generation and the next: versions may be added in buckets that no generation has closed, and meters may get a
 * past. Anything else would give closed buckets another count than was published.
 */
final class ScheduleChange {
    private final CountingDocuments documents;
    private final CountingSchedule schedule;

    ScheduleChange(CountingDocuments documents) {
        this.documents = documents;
        this.schedule = CountingSchedule.of(documents);
    }

    /**
     * The schedule of the next generation.
     *
     * @param parent manifest of the current generation; null for the first
     * @param backfill meters that get a past now
     * @param closedThroughMs exclusive end of what the next generation counts
     * @throws CommandFailure (bad input) if closed buckets would change
     */
    PinnedSchedule after(Manifest parent, List<String> backfill, long closedThroughMs) {
        TreeSet<String> backfilled = new TreeSet<>(backfill);
        backfill.forEach(meter -> requireCounts(meter, closedThroughMs));
        if (parent != null) {
            Versions versions = parent.versions();
            requireUnchanged(versions);
            requireInTheFuture(versions, parent.closedThrough());
            backfilled.addAll(versions.backfilled());
        }
        return new PinnedSchedule(documents, new ArrayList<>(backfilled));
    }

    private void requireUnchanged(Versions versions) {
        try {
            schedule.pinnedTo(versions.counting());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        }
    }

    private void requireInTheFuture(Versions versions, Instant closedThrough) {
        for (VersionPin pin : schedule.pins()) {
            if (!versions.counting().contains(pin) && pin.effectiveFromMs() < closedThrough.toEpochMilli()) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Version %d of the configuration is effective from %s, but every bucket before %s is published already; give it a later effectiveFrom, and a new meter its past by --backfill"
                                .formatted(pin.version(), Instant.ofEpochMilli(pin.effectiveFromMs()), closedThrough));
            }
        }
    }

    private void requireCounts(String meter, long closedThroughMs) {
        OptionalLong countedFromMs;
        try {
            countedFromMs = schedule.countedFromMs(meter);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        }
        if (countedFromMs.isPresent() && countedFromMs.getAsLong() > closedThroughMs) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The meter '%s' counts from %s, and this run closes the buckets before %s; backfill it once that bucket is closed"
                            .formatted(
                                    meter,
                                    Instant.ofEpochMilli(countedFromMs.getAsLong()),
                                    Instant.ofEpochMilli(closedThroughMs)));
        }
    }
}
