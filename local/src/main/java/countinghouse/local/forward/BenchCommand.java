package countinghouse.local.forward;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code countinghouse bench ...}: measures the platform beside its peers, checking every answer. */
@Command(name = "bench", description = "Measure the platform beside its peers on the same work, checking every answer.")
public final class BenchCommand extends ForwardedCommand {
    private static final List<String> JAVA_OPTIONS = List.of("-Xmx2g");

    public BenchCommand() {
        super("bench", "countinghouse.bench.BenchMain", JAVA_OPTIONS);
    }
}
