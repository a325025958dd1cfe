package countinghouse.serving.merge;

import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.serving.batchview.BatchQuery;
import countinghouse.serving.batchview.BatchRow;
import countinghouse.serving.batchview.Generation;
import countinghouse.serving.speedview.SpeedSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Makes answers of what both layers have for a query, and says of each how fresh and how whole it is. It reads nothing itself. */
final class CountAnswers {
    private final CountingSchedule schedule;
    private final Clock clock;

    CountAnswers(CountingSchedule schedule, Clock clock) {
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What the batch layer is to be asked. */
    BatchQuery batchQuery(CountQuery query) {
        boolean byAccount = query.groupBy().contains(CountQuery.SUBJECT);
        boolean byDimensions = query.groupBy().size() > (byAccount ? 1 : 0);
        return new BatchQuery(
                query.meter().slug(),
                query.meter().aggregation(),
                query.accounts(),
                query.range(),
                query.where(),
                query.where().isEmpty()
                        ? null
                        : WholeDimensions.of(
                                query.where(),
                                schedule.dimensionsOf(query.meter().slug())),
                byAccount,
                byDimensions,
                query.windows() != null);
    }

    /** The answer of both layers. */
    CountAnswer of(CountQuery query, Generation generation, List<BatchRow> batch, SpeedSnapshot speed) {
        CountMerge merge = new CountMerge(query, generation.closedThroughMs());
        batch.forEach(merge::addBatch);
        speed.rows().forEach(merge::addSpeed);
        return answer(query, generation, merge, missing(generation, speed));
    }

    /** The answer of a generation alone, where the speed layer cannot be read. */
    CountAnswer withoutSpeed(CountQuery query, Generation generation, List<BatchRow> batch) {
        CountMerge merge = new CountMerge(query, generation.closedThroughMs());
        batch.forEach(merge::addBatch);
        return answer(
                query,
                generation,
                merge,
                "The speed layer cannot be read: this is what was counted through %s"
                        .formatted(Instant.ofEpochMilli(generation.closedThroughMs())));
    }

    private CountAnswer answer(CountQuery query, Generation generation, CountMerge merge, String missing) {
        boolean awaitsHistory =
                merge.hasSpeed() && schedule.usesHistory(query.meter().slug());
        return merge.answer(new Freshness(
                generation,
                clock.millis(),
                missing,
                awaitsHistory,
                countedFromMs(query.meter().slug(), generation)));
    }

    private static String missing(Generation generation, SpeedSnapshot speed) {
        if (speed.missing() == null && !generation.isNone() && speed.floorMs() > generation.closedThroughMs()) {
            return "The speed layer holds nothing below %s, but generation %d is closed through %s only"
                    .formatted(
                            Instant.ofEpochMilli(speed.floorMs()),
                            generation.number(),
                            Instant.ofEpochMilli(generation.closedThroughMs()));
        }
        return speed.missing();
    }

    /** A backfill takes a meter back to the beginning. */
    private Long countedFromMs(String meter, Generation generation) {
        OptionalLong countedFromMs = schedule.countedFromMs(meter);
        return countedFromMs.isEmpty() || generation.backfilled().contains(meter) ? null : countedFromMs.getAsLong();
    }
}
