package countinghouse.bench.batch.workload;

import countinghouse.schemas.Partitioning;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The accounts of one partition and how often each occurs: Zipf's law with exponent 1. */
public final class TicketAccounts {
    private static final int ACCOUNTS = 10_000;
    private static final int OFFERINGS = 100;
    private static final List<String> NAMES =
            IntStream.range(0, ACCOUNTS).mapToObj("venue-%05d"::formatted).toList();
    private static final List<String> OFFERING_NAMES =
            IntStream.range(0, OFFERINGS).mapToObj("counter-%02d"::formatted).toList();
    private static final List<TicketAccounts> OF_PARTITION = IntStream.range(0, TicketDays.PARTITIONS)
            .mapToObj(TicketAccounts::new)
            .toList();

    private final int[] accounts;
    private final double[] cumulative;

    private TicketAccounts(int partition) {
        accounts = IntStream.range(0, ACCOUNTS)
                .filter(account -> Partitioning.partitionOf(name(account), TicketDays.PARTITIONS) == partition)
                .toArray();
        cumulative = new double[accounts.length];
        double sum = 0;
        for (int rank = 0; rank < accounts.length; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < accounts.length; rank++) {
            cumulative[rank] /= sum;
        }
    }

    static TicketAccounts of(int partition) {
        return OF_PARTITION.get(partition);
    }

    /** The name of an account, as events carry it. */
    public static String name(int account) {
        return NAMES.get(account);
    }

    /** The one offering of an account. */
    public static String offering(int account) {
        return OFFERING_NAMES.get(account % OFFERINGS);
    }

    int ofUniform(double unit) {
        int index = Arrays.binarySearch(cumulative, unit);
        return accounts[Math.min(index < 0 ? -index - 1 : index, accounts.length - 1)];
    }
}
