package countinghouse.local;

import countinghouse.local.distribution.Distribution;
import countinghouse.local.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How to start a platform.
 *
 * @param state folder that holds everything of the platform
 * @param distribution the programs
 * @param apiPort port of the public API; empty takes a free one
 * @param services whether to start the Countinghouse processes besides the components
 * @param bucketWidth width of an ingest bucket
 * @param progress gets a line as each part becomes ready
 */
public record PlatformOptions(
        StateDirectory state,
        Distribution distribution,
        OptionalInt apiPort,
        boolean services,
        Duration bucketWidth,
        Consumer<String> progress) {
    private static final Duration LOCAL_BUCKET_WIDTH = Duration.ofSeconds(2);

    /** Everything, in this folder, silently. */
    public static PlatformOptions at(Path state) {
        return new PlatformOptions(
                StateDirectory.at(state),
                Distribution.ofProcess(),
                OptionalInt.empty(),
                true,
                LOCAL_BUCKET_WIDTH,
                line -> {});
    }

    public PlatformOptions withApiPort(int port) {
        return new PlatformOptions(state, distribution, OptionalInt.of(port), services, bucketWidth, progress);
    }

    /** Only Kafka, registry, Redis, PostgreSQL and HDFS. */
    public PlatformOptions componentsOnly() {
        return new PlatformOptions(state, distribution, apiPort, false, bucketWidth, progress);
    }

    public PlatformOptions withBucketWidth(Duration width) {
        return new PlatformOptions(state, distribution, apiPort, services, width, progress);
    }

    public PlatformOptions onProgress(Consumer<String> listener) {
        return new PlatformOptions(state, distribution, apiPort, services, bucketWidth, listener);
    }
}
