package countinghouse.serving.live;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many live streams a process serves at once. Each is an open file to the operating system, and a process that has none left accepts
 * nobody: no query, no health check. So it serves fewer streams than asked for rather than that.
 */
public final class StreamLimit {
    private static final Logger LOG = LoggerFactory.getLogger(StreamLimit.class);
    /** Files for everything else: libraries, stores, and callers that are no streams. */
    private static final long OTHER_FILES = 512;

    private StreamLimit() {}

    /** The number that is asked for, or as many as the files that this process may open allow; a warning says so. */
    public static int of(int wanted) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? of(wanted, system.getMaxFileDescriptorCount())
                : wanted;
    }

    static int of(int wanted, long files) {
        // With few files half of them are streams.
        long possible = Math.max(files / 2, files - OTHER_FILES);
        if (possible >= wanted) {
            return wanted;
        }
        LOG.warn(
                "This process may open {} files, so it serves {} live streams at once and not {}: raise the limit of open files"
                        + " (ulimit -n, LimitNOFILE) to {}, or lower 'serving.live-streams'",
                files,
                possible,
                wanted,
                wanted + OTHER_FILES);
        return Math.toIntExact(possible);
    }
}
