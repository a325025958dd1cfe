package countinghouse.fault.speed;

import countinghouse.fault.load.Load;
import countinghouse.fault.log.EventLog;
import countinghouse.fault.oracle.Oracle;
import countinghouse.fault.report.Comparison;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Every row in Redis beside the oracle's, and every acknowledged event beside the log. */
final class SpeedComparison {
    private final Oracle oracle;
    private final Load load;
    private final EventLog log;
    private final RedisCounts redis;

    SpeedComparison(Oracle oracle, Load load, EventLog log, RedisCounts redis) {
        this.oracle = oracle;
        this.load = load;
        this.log = log;
        this.redis = redis;
    }

    /** @param ends of the log, at which the load stands still */
    Comparison compare(Map<TopicPartition, Long> ends) {
        log.readUpTo(ends, record -> {
            load.acknowledged().seen(record);
            oracle.count(record);
        });
        String epoch = redis.epoch();
        long floorMs = redis.floorMs();
        Map<String, String> expected = new HashMap<>();
        oracle.rows().forEach((row, value) -> {
            if (row.bucketMs() >= floorMs) {
                expected.put(RedisCounts.place(row, epoch), value.text());
            }
        });
        for (String position : load.acknowledged().lost()) {
            expected.put(position, "acknowledged, so in the log");
        }
        return Comparison.of(expected, redis.rows());
    }
}
