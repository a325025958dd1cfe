package countinghouse.ingestion.validity;

import countinghouse.ingestion.source.TrafficMix;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.metering.schedule.CountingSchedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batch validity-report}: how right the validity rules are. Needs no platform. */
@Command(
        name = "validity-report",
        description =
                "Judges a simulated day of labelled views by the batch layer's rules and compares the verdicts with the labels.",
        mixinStandardHelpOptions = true)
public final class ValidityReportCommand implements Subcommand {
    @Option(
            names = "--seed",
            defaultValue = "20260",
            paramLabel = "S",
            description = "Of the traffic; the rules' thresholds were chosen on others (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--events",
            defaultValue = "200000",
            paramLabel = "N",
            description = "About how many views (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--mix",
            defaultValue = "REPORTING",
            paramLabel = "MIX",
            description = "reporting, or choosing: the one that thresholds were chosen on (default: ${DEFAULT-VALUE}).")
    private TrafficMix mix;

    @Option(names = "--labels", paramLabel = "FILE", description = "Write the hidden labels, as JSON lines.")
    private Path labels;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public String parent() {
        return "batch";
    }

    @Override
    public void run() {
        if (events < 1_000) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "--events %d is too few for a share of each class; use 1000 or more".formatted(events));
        }
        CountingSchedule schedule = ConfigurationFolder.parse(Settings.ofProcess(), CountingSchedule::of);
        if (labels != null) {
            writeLabels();
        }
        ValidityReport report = Validity.report(seed, events, mix, schedule);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(report));
        } else {
            print(report, out);
        }
        out.flush();
    }

    private void writeLabels() {
        try {
            LabelFile.write(Validity.views(seed, events, mix), labels);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot write the labels to %s (%s)".formatted(labels, e), e);
        }
    }

    private static void print(ValidityReport report, PrintWriter out) {
        out.printf(
                "%,d views, seed %d, mix '%s'; thresholds were chosen on %s%n%n",
                report.events(), report.seed(), report.mix(), report.thresholdsChosenOn());
        out.printf(
                "%-20s %9s %9s %9s %10s %10s %10s %14s%n",
                "class", "views", "billable", "billed", "precision", "recall", "false pos.", "billed - true");
        for (ValidityReport.ClassLine line : report.classes()) {
            out.printf(
                    "%-20s %,9d %,9d %,9d %10s %10s %10s %14s%n",
                    line.label(),
                    line.events(),
                    line.billable(),
                    line.billed(),
                    text(line.precision()),
                    text(line.recall()),
                    text(line.falsePositives()),
                    line.billedMinusTrue().toPlainString());
        }
        out.printf("%n%-20s %9s %10s%n", "rule", "views", "precision");
        report.rules()
                .forEach(line -> out.printf("%-20s %,9d %10s%n", line.rule(), line.events(), text(line.precision())));
        out.printf(
                "%nlisted invalid traffic: precision %s, recall %s%n",
                text(report.listedPrecision()), text(report.listedRecall()));
        out.printf("false positives behind a shared network: %s%n", text(report.sharedNetworkFalsePositives()));
        out.printf("accuracy: %s%n", text(report.accuracy()));
        out.printf(
                "billed minus truly billable: %s (%s of what is billable) at %s a view%n",
                report.billedMinusTrue().toPlainString(),
                text(report.billedMinusTrueShare()),
                report.pricePerView().toPlainString());
    }

    private static String text(BigDecimal share) {
        return share == null ? "-" : share.toPlainString();
    }
}
