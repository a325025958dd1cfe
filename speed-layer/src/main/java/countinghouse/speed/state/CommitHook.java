package countinghouse.speed.state;

/** What to run just before a commit; nothing while disconnected. */
public final class CommitHook {
    private static final Runnable NOTHING = () -> {};

    private Runnable flush = NOTHING;

    public void connect(Runnable flushBeforeCommit) {
        this.flush = flushBeforeCommit;
    }

    /** A task that closes without a commit empties its caches too; what it holds then must not be written. */
    public void disconnect() {
        this.flush = NOTHING;
    }

    void beforeCommit() {
        flush.run();
    }
}
