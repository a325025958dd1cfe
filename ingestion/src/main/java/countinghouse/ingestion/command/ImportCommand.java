package countinghouse.ingestion.command;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendException;
import countinghouse.ingestion.importer.LogImport;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.ingestion.network.NetworkHash;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: a web server's access log as views. */
@Command(
        name = "import",
        description = "Import a web server's access log: each GET answered 200 or 304 is a view of its path.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Subcommand {
    /** Formats that can be read. */
    enum Format {
        COMBINED
    }

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "combined.")
    private Format format;

    @Option(
            names = "--shift-to-now",
            description =
                    "Move the newest line to the start of the current UTC day; the first import of a file decides by how much.")
    private boolean shiftToNow;

    @Parameters(paramLabel = "FILE", description = "The access log.")
    private Path file;

    @Mixin
    private PlatformOptions platform;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "Cannot read %s; give a readable file".formatted(file));
        }
        Settings settings = Settings.ofProcess();
        LogImport importer = new LogImport(
                NetworkHash.from(settings),
                ClientNetworks.from(settings, Clock.systemUTC()),
                stateFolder(settings),
                Clock.systemUTC());
        try (EventSender sender = new EventSender(platform.target(settings))) {
            print(importer.importFile(
                    file, shiftToNow, sender, new Progress(spec.commandLine().getErr())));
        } catch (SendException e) {
            throw PlatformOptions.failure(e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "Cannot import %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Beside the configuration of a local platform, else where the process runs. */
    private static Path stateFolder(Settings settings) {
        return settings.find("state.dir").map(Path::of).orElseGet(() -> {
            String configuration = System.getenv(Settings.CONFIG_FILE_VARIABLE);
            Path beside = configuration == null
                    ? null
                    : Path.of(configuration).toAbsolutePath().getParent();
            return beside == null ? Path.of(".countinghouse") : beside;
        });
    }

    private void print(LogImport.Summary summary) {
        PrintWriter out = spec.commandLine().getOut();
        if (platform.json()) {
            out.println(Json.text(summary));
        } else {
            out.printf(
                    "%,d lines (%s format): %,d views sent, %,d no views, %,d not readable%n",
                    summary.lines(),
                    format.name().toLowerCase(Locale.ROOT),
                    summary.sent(),
                    summary.notViews(),
                    summary.unreadable());
            out.printf("%,d stored, %,d quarantined%n", summary.stored(), summary.quarantined());
            summary.reasons().forEach((rule, count) -> out.printf("  %,d by the rule '%s'%n", count, rule));
            if (summary.reasons().containsKey("time-behind") && !shiftToNow) {
                out.println("The lines are too old to be counted; import with --shift-to-now to move them to today");
            }
        }
        out.flush();
    }
}
