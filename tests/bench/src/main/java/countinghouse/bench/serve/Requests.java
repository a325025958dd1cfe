package countinghouse.bench.serve;

import java.util.Random;

/** Which account is asked for next: few are asked for often, many seldom (log-uniform, Zipf of exponent 1). The same seed asks alike. */
final class Requests {
    private final Random random;
    private final int accounts;

    Requests(long seed, int accounts) {
        this.random = new Random(seed);
        this.accounts = accounts;
    }

    int next() {
        int rank = (int) Math.pow(accounts, random.nextDouble()) - 1;
        // Neighbours in rank are no neighbours in the stores.
        return (int) ((rank * 7_919L) % accounts);
    }
}
