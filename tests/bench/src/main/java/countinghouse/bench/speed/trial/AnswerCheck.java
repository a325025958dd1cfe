package countinghouse.bench.speed.trial;

import countinghouse.bench.speed.workload.Accounts;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.bench.speed.workload.Workload;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import java.time.Instant;

/** Compares every count with the oracle's, both ways. */
public final class AnswerCheck {
    private AnswerCheck() {}

    /**
     * Does nothing if the answer is right.
     *
     * @throws WrongAnswerException naming the first difference and how many there are
     */
    public static void require(String contestant, Long2LongMap expected, Long2LongMap actual) {
        LongSet keys = new LongOpenHashSet(expected.keySet());
        keys.addAll(actual.keySet());
        long differences = 0;
        String first = null;
        for (long key : keys) {
            if (expected.get(key) != actual.get(key)) {
                differences++;
                if (first == null) {
                    first = "%s from %s: %d instead of %d"
                            .formatted(
                                    Accounts.name((int) (key % Workload.ACCOUNTS)),
                                    Instant.ofEpochMilli(key / Workload.ACCOUNTS * Expected.CELL_MS),
                                    actual.get(key),
                                    expected.get(key));
                }
            }
        }
        if (differences > 0) {
            throw new WrongAnswerException("%s counted wrongly: %d of %d counts differ from the oracle's, such as %s"
                    .formatted(contestant, differences, keys.size(), first));
        }
    }
}
