package countinghouse.ingestion.command;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendException;
import countinghouse.ingestion.client.SendResult;
import countinghouse.ingestion.source.SimulatedDay;
import countinghouse.ingestion.source.Simulation;
import countinghouse.ingestion.source.Sources;
import countinghouse.ingestion.truth.Truth;
import countinghouse.ingestion.truth.TruthFile;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code send}: events of a simulated system through the public door. */
@Command(
        name = "send",
        description =
                "Send events of a simulated system, with a known share of duplicates, late, future and malformed ones.",
        mixinStandardHelpOptions = true)
public final class SendCommand implements Subcommand {
    private static final String ALL = "all";

    @Option(
            names = "--source",
            required = true,
            paramLabel = "NAME",
            description = "One of video, jobs, tickets, counter, quiz, or all.")
    private String source;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "R",
            description = "Events per second; 0 is as fast as possible.")
    private double rate;

    @Option(names = "--count", required = true, paramLabel = "N", description = "Events to send.")
    private int count;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "The same seed sends the same events again (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--truth", paramLabel = "FILE", description = "Write what the platform must count, as JSON lines.")
    private Path truthFile;

    @Mixin
    private PlatformOptions platform;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (count < 1 || rate < 0) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "--count must be at least 1 and --rate at least 0");
        }
        Simulation simulation = simulation();
        Truth truth = new Truth();
        EventSender.Target target = platform.target(Settings.ofProcess()).atRate(rate);
        try (EventSender sender = new EventSender(target)) {
            SendResult result = sender.send(
                    truth.recording(simulation), new Progress(spec.commandLine().getErr()));
            if (truthFile != null) {
                TruthFile.write(truth, truthFile);
            }
            print(result);
        } catch (SendException e) {
            throw PlatformOptions.failure(e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "The events were sent, but the truth cannot be written to %s (%s); sending again is safe"
                            .formatted(truthFile, e),
                    e);
        }
    }

    private Simulation simulation() {
        SimulatedDay day = SimulatedDay.endingAtLastFullHour(Clock.systemUTC());
        try {
            return source.equals(ALL)
                    ? Sources.simulation(seed, count, day)
                    : Sources.simulation(source, seed, count, day);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        }
    }

    private void print(SendResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (platform.json()) {
            out.println(Json.text(result));
        } else {
            out.printf(
                    "%,d events sent: %,d stored, %,d quarantined %s%n",
                    result.sent(), result.stored(), result.quarantined(), result.reasons());
        }
        out.flush();
    }
}
