package countinghouse.fault.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import countinghouse.fault.report.FaultReport;
import countinghouse.fault.report.Round;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a person about the rounds as they end, and writes the report for programs. */
public final class ReportOutput {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final boolean toStandardOutput;
    private final PrintStream people;

    /** @param file {@code -} for standard output, which then holds nothing else; null for no JSON */
    ReportOutput(Path file) {
        this.toStandardOutput = file != null && file.toString().equals("-");
        this.file = toStandardOutput ? null : file;
        this.people = toStandardOutput ? System.err : System.out;
    }

    public void say(String line) {
        people.println(line);
    }

    public void say(Round round) {
        say(String.format(
                Locale.ROOT,
                "%4d  %-9s %7d -> %-7d %-11s in flight %6d  restart %5.1f s  first %5s s  caught up %5s s  rows %8d  differences %d",
                round.round(),
                round.killedAlong() == null ? round.killed() : round.killed() + "+" + round.killedAlong(),
                round.pidBefore(),
                round.pidAfter(),
                round.phase(),
                round.eventsInFlight(),
                round.secondsToRestart(),
                seconds(round.secondsToFirstRecord()),
                seconds(round.secondsToCatchUp()),
                round.rowsCompared(),
                round.differences()));
        round.examples()
                .forEach(example -> say("      %s%n        expected %s%n        found    %s"
                        .formatted(example.row(), example.expected(), example.found())));
    }

    private static String seconds(Double time) {
        return time == null ? "never" : String.format(Locale.ROOT, "%.1f", time);
    }

    /**
     * Writes the report.
     *
     * @throws CommandFailure with {@link ExitCode#DISAGREED} unless everything agreed
     */
    public void conclude(FaultReport report) {
        report.totals().missedAims().forEach(missed -> say("Aim missed: " + missed));
        write(report);
        if (!report.agreed()) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%d of %d rows differ from the log, or a round killed or compared nothing; the same --seed %d repeats the kills"
                            .formatted(
                                    report.totals().differences(),
                                    report.totals().rowsCompared(),
                                    report.seed()));
        }
        say("All %d rows agreed with the log in %d rounds"
                .formatted(report.totals().rowsCompared(), report.totals().rounds()));
    }

    private void write(FaultReport report) {
        try {
            if (toStandardOutput) {
                System.out.println(JSON.writeValueAsString(report));
            } else if (file != null) {
                Files.writeString(file, JSON.writeValueAsString(report) + System.lineSeparator());
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot write the report to %s (%s); choose another file".formatted(file, e),
                    e);
        }
    }
}
