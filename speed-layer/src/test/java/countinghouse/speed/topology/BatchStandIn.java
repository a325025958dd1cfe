package countinghouse.speed.topology;

import countinghouse.kit.config.CountingConfig;
import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.DuplicateWindow;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.MeterEvaluator;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.testing.registry.FixedSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The batch layer's recompute in a few lines: each partition in the order of its offsets, with the batch horizon. */
final class BatchStandIn {
    private static final int PARTITION = 0;

    private final MeterEvaluator evaluator = TestMeters.schedule().evaluatorAt(0);
    private final EventRules rules = new EventRules();
    private final CountingConfig counting;
    private final Map<RowKey, RowValue> rows = new HashMap<>();

    BatchStandIn(CountingConfig counting) {
        this.counting = counting;
    }

    Map<RowKey, RowValue> recompute(List<LogLine> log) {
        for (EventType type : List.of(EventType.CUSTOM, EventType.VIEW)) {
            recompute(type, log.stream().filter(line -> line.type() == type).toList());
        }
        return rows;
    }

    private void recompute(EventType type, List<LogLine> partition) {
        EventDecoder decoder = new EventDecoder(new FixedSchemas(), type);
        AvroEvents events = new AvroEvents(type);
        BucketClock clock = new BucketClock(counting.bucketWidth(), BucketClock.START);
        DuplicateWindow window =
                new DuplicateWindow(DuplicateHorizon.of(counting.batchHorizon(), counting.bucketWidth()));
        for (LogLine line : partition) {
            long bucketMs = clock.advance(line.appendTimeMs());
            if (!line.isEvent()) {
                continue;
            }
            Event event = events.event(decoder.decode(line.value()));
            Identity identity = Identity.of(event);
            boolean isDuplicate = window.observe(identity, bucketMs).isDuplicate();
            if (!isDuplicate && rules.violation(event, line.appendTimeMs()).isEmpty()) {
                contribute(type, line, bucketMs, identity, event);
            }
        }
    }

    private void contribute(EventType type, LogLine line, long bucketMs, Identity identity, Event event) {
        String partition = RowKey.partitionName(type.topic(), PARTITION);
        evaluator.contributions(event, (meter, account, dimensions, cellMs, value) -> {
            RowValue row = RowValue.of(value, Fingerprint.of(type.topic(), PARTITION, line.offset(), identity, value));
            rows.merge(
                    new RowKey(meter.slug(), account, dimensions, cellMs, bucketMs, partition),
                    row,
                    (before, added) -> before.merge(meter.aggregation(), added));
        });
    }
}
