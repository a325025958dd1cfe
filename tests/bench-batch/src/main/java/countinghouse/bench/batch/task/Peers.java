package countinghouse.bench.batch.task;

/** What all contestants are given. */
final class Peers {
    static final int THREADS = 2;

    private Peers() {}
}
