package countinghouse.bench.output;

import picocli.CommandLine.Option;

/** Where a bench writes its report. */
public final class ReportOption {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON; - is standard output.")
    private String file;

    public JsonTarget target() {
        return JsonTarget.of(file);
    }
}
