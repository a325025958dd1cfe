package countinghouse.bench.speed.peer;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a peer's process is told on its command line.
 *
 * @param registry URL of the schema registry
 * @param application name of its own in Kafka, new for every sample
 * @param flushIntervalMs how often counts become visible in Redis, as a commit or checkpoint does it
 * @param folder of its own, empty
 * @param ends per partition, the offset up to which it counts
 * @param variant of the contestant, such as a state backend; may be empty
 */
public record PeerOptions(
        String bootstrapServers,
        String registry,
        URI redis,
        String application,
        long flushIntervalMs,
        Path folder,
        long[] ends,
        String variant) {
    /** As words of a command line, in the order that {@link #parse} expects. */
    public List<String> arguments() {
        return List.of(
                bootstrapServers,
                registry,
                redis.toString(),
                application,
                Long.toString(flushIntervalMs),
                folder.toString(),
                String.join(",", Arrays.stream(ends).mapToObj(Long::toString).toList()),
                variant);
    }

    public static PeerOptions parse(String[] arguments) {
        return new PeerOptions(
                arguments[0],
                arguments[1],
                URI.create(arguments[2]),
                arguments[3],
                Long.parseLong(arguments[4]),
                Path.of(arguments[5]),
                Arrays.stream(arguments[6].split(","))
                        .mapToLong(Long::parseLong)
                        .toArray(),
                arguments[7]);
    }

    public long deliveries() {
        return Arrays.stream(ends).sum();
    }
}
