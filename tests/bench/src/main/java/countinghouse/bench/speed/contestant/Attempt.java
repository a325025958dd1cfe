package countinghouse.bench.speed.contestant;

import java.nio.file.Path;

/** A contestant's running process. */
public interface Attempt extends AutoCloseable {
    long pid();

    boolean isAlive();

    /** Its log, for failures. */
    Path log();

    /** Ends the process, if it still runs, and takes back what it left behind, except in Redis. */
    @Override
    void close();

    /** Ends the process. */
    void stop();
}
