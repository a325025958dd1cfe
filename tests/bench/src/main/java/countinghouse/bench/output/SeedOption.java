package countinghouse.bench.output;

import picocli.CommandLine.Option;

/** What makes the same bench send the same again. */
public final class SeedOption {
    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Seed of what is sent (default: ${DEFAULT-VALUE}).")
    private long seed;

    public long value() {
        return seed;
    }
}
