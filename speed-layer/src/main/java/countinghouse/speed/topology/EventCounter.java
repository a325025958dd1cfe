package countinghouse.speed.topology;

import countinghouse.metering.event.Event;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.Fingerprinter;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.speed.counts.CountsState;
import countinghouse.speed.dedup.IdentityState;
import countinghouse.speed.dedup.Sighting;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Counts the records of one task's source partitions, each partition in the order of its offsets. */
public final class EventCounter {
    private final EventRules rules;
    private final CountingSchedule schedule;
    private final IdentityState identities;
    private final CountsState counts;
    private final MeteredAmounts amounts;
    private final Map<TopicPartition, Origin> origins = new HashMap<>();

    /**
     * What the rows of a source partition have in common.
     *
     * @param partition its name in row keys
     */
    private record Origin(String partition, Fingerprinter fingerprinter) {
        static Origin of(TopicPartition source) {
            return new Origin(
                    RowKey.partitionName(source.topic(), source.partition()),
                    new Fingerprinter(source.topic(), source.partition()));
        }
    }

    public EventCounter(
            EventRules rules,
            CountingSchedule schedule,
            IdentityState identities,
            CountsState counts,
            MeteredAmounts amounts) {
        this.rules = rules;
        this.schedule = schedule;
        this.identities = identities;
        this.counts = counts;
        this.amounts = amounts;
    }

    boolean hasPassed(TopicPartition source, long offset) {
        return counts.hasPassed(source, offset);
    }

    /** Passes a record that counts for nothing: it only moves the bucket clock. Returns its bucket. */
    long pass(TopicPartition source, long offset, long appendTimeMs) {
        long bucketMs = counts.pass(source, offset, appendTimeMs);
        identities.expire(source, bucketMs);
        return bucketMs;
    }

    /** Counts an event, unless it is a duplicate or invalid. */
    public Outcome count(TopicPartition source, long offset, long appendTimeMs, Event event, int payloadDigest) {
        long bucketMs = pass(source, offset, appendTimeMs);
        Identity identity = Identity.of(event);
        // Asked before validity is: an invalid first arrival uses up its id as well.
        Sighting.Kind sighting = identities.observe(source, identity, bucketMs, payloadDigest);
        if (sighting != Sighting.Kind.FIRST) {
            return sighting == Sighting.Kind.CONFLICT ? Outcome.CONFLICT : Outcome.DUPLICATE;
        }
        if (!counts.isHeld(source, bucketMs)) {
            return Outcome.BEFORE_START;
        }
        if (rules.violation(event, appendTimeMs).isPresent()) {
            return Outcome.INVALID;
        }
        counts.observe(event, bucketMs);
        return contribute(source, offset, bucketMs, identity, event) ? Outcome.COUNTED : Outcome.UNMETERED;
    }

    private boolean contribute(TopicPartition source, long offset, long bucketMs, Identity identity, Event event) {
        Origin origin = origins.computeIfAbsent(source, Origin::of);
        boolean[] contributed = {false};
        schedule.evaluatorAt(bucketMs).contributions(event, (meter, account, dimensions, cellMs, contribution) -> {
            RowKey key = new RowKey(meter.slug(), account, dimensions, cellMs, bucketMs, origin.partition());
            Fingerprint fingerprint = origin.fingerprinter().of(offset, identity, contribution);
            counts.add(key, meter.aggregation(), contribution, fingerprint);
            amounts.add(meter, contribution);
            contributed[0] = true;
        });
        return contributed[0];
    }
}
