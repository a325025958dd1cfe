package countinghouse.local;

import countinghouse.local.distribution.Distribution;
import countinghouse.local.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to start a platform.
 *
 * @param state folder that holds everything of the platform
 * @param distribution the programs
 * @param apiPort port of the public API; empty takes a free one
 * @param parts names of the components and processes to start; {@link Platform#SPEED} projects too unless {@link Platform#PROJECTOR} is a
 *     process of its own
 * @param bucketWidth width of an ingest bucket
 * @param progress gets a line as each part becomes ready
 */
public record PlatformOptions(
        StateDirectory state,
        Distribution distribution,
        OptionalInt apiPort,
        Set<String> parts,
        Duration bucketWidth,
        Consumer<String> progress) {
    private static final Duration LOCAL_BUCKET_WIDTH = Duration.ofSeconds(2);
    private static final Set<String> COMPONENTS =
            Set.of(Platform.KAFKA, Platform.REGISTRY, Platform.REDIS, Platform.POSTGRES, Platform.HDFS);
    private static final Set<String> EVERYTHING = Stream.concat(
                    COMPONENTS.stream(), Stream.of(Platform.API, Platform.SPEED))
            .collect(Collectors.toUnmodifiableSet());

    public PlatformOptions {
        parts = Set.copyOf(parts);
    }

    /** Everything, in this folder, silently. */
    public static PlatformOptions at(Path state) {
        return new PlatformOptions(
                StateDirectory.at(state),
                Distribution.ofProcess(),
                OptionalInt.empty(),
                EVERYTHING,
                LOCAL_BUCKET_WIDTH,
                line -> {});
    }

    public PlatformOptions withApiPort(int port) {
        return new PlatformOptions(state, distribution, OptionalInt.of(port), parts, bucketWidth, progress);
    }

    /** Only Kafka, registry, Redis, PostgreSQL and HDFS. */
    public PlatformOptions componentsOnly() {
        return with(COMPONENTS);
    }

    /** Trino as well. */
    public PlatformOptions withTrino() {
        return with(Stream.concat(parts.stream(), Stream.of(Platform.TRINO)).collect(Collectors.toSet()));
    }

    /** Only these parts. */
    public PlatformOptions with(Set<String> wanted) {
        return new PlatformOptions(state, distribution, apiPort, wanted, bucketWidth, progress);
    }

    public PlatformOptions withBucketWidth(Duration width) {
        return new PlatformOptions(state, distribution, apiPort, parts, width, progress);
    }

    public PlatformOptions onProgress(Consumer<String> listener) {
        return new PlatformOptions(state, distribution, apiPort, parts, bucketWidth, listener);
    }
}
