package countinghouse.billing.forecast;

import countinghouse.billing.TimeRange;
import countinghouse.kit.config.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;

/** Counts of both layers, for estimates; whoever merges them provides it. Money never comes from here. */
public interface LiveCounts extends AutoCloseable {
    /** The count of a meter for one account in a range of event time, as of now. */
    Reading read(String meter, String account, TimeRange range);

    @Override
    void close();

    /**
     * A count as of now.
     *
     * @param n events in it
     * @param value of the meter
     * @param asOf when it was read
     * @param missing what it lacks, for people; empty if every event is in it
     */
    record Reading(long n, BigDecimal value, Instant asOf, Optional<String> missing) {}

    /** The live counts of the class path; empty where there are none, or no Redis to read them from. */
    static Optional<LiveCounts> find(Settings settings) {
        return settings.find("redis.url").isEmpty()
                ? Optional.empty()
                : ServiceLoader.load(LiveCountsProvider.class).findFirst().map(provider -> provider.open(settings));
    }
}
