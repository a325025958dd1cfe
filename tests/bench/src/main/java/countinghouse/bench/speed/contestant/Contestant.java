package countinghouse.bench.speed.contestant;

import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.workload.Expected;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** One way of doing the job: reads the preloaded topic, counts each event once and keeps the counts in Redis. */
public interface Contestant {
    /** Lower-case, with hyphens; the word that {@code --only} takes. */
    String name();

    /** One line for the table. */
    String description();

    /** Whatever its speed depends on, for the report. */
    Map<String, String> settings();

    /** Of how many deliveries it is given the beginning: all of them, or fewer if it is slow and has no warm-up worth measuring. */
    default int most() {
        return Integer.MAX_VALUE;
    }

    /** Starts its process and returns at once. */
    Attempt start(Stage stage, Expected expected, int sample);

    /** How far the counts in Redis reach, in a unit of its own. */
    long progress(Jedis redis);

    /** The progress at which all of the expected counts are in Redis. */
    long target(Expected expected);

    /** The counts in Redis, as {@link Expected#key} to count. */
    Long2LongOpenHashMap answer(Jedis redis);
}
