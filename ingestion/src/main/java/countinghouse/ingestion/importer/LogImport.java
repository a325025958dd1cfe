package countinghouse.ingestion.importer;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendResult;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.ingestion.network.NetworkHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Imports an access log: each of its views as an event through the public door. */
public final class LogImport {
    private final NetworkHash hash;
    private final ClientNetworks networks;
    private final TimeShift timeShift;

    /**
     * An importer.
     *
     * @param hash key of the clients' pseudonyms
     * @param networks judge the clients' addresses
     * @param stateFolder where shifts are kept
     * @param clock tells the current day
     */
    public LogImport(NetworkHash hash, ClientNetworks networks, Path stateFolder, Clock clock) {
        this.hash = hash;
        this.networks = networks;
        this.timeShift = new TimeShift(stateFolder, clock);
    }

    /**
     * What became of a file.
     *
     * @param lines lines of the file
     * @param unreadable lines that are not of the format
     * @param notViews lines that are no GET answered 200 or 304
     * @param sent views sent; lines repeated word for word are one event to the platform
     * @param stored views that were stored
     * @param quarantined views that were refused
     * @param reasons refused views by rule
     * @param shift what was added to the lines' times
     */
    public record Summary(
            long lines,
            long unreadable,
            long notViews,
            long sent,
            long stored,
            long quarantined,
            Map<String, Long> reasons,
            Duration shift) {}

    /**
     * Sends a file's views.
     *
     * @param shiftToNow whether the newest line becomes the start of the current UTC day; kept from the file's first import
     * @throws IOException if the file cannot be read, or the shift not be kept
     */
    public Summary importFile(Path file, boolean shiftToNow, EventSender sender, LongConsumer progress)
            throws IOException {
        LogSurvey survey = LogSurvey.of(file);
        Duration shift = shiftToNow && survey.newest() != null
                ? timeShift.of(survey.fileHash(), survey.newest())
                : Duration.ZERO;
        try (Stream<String> events = LogSurvey.events(file, new LogViews(hash, networks, shift))) {
            SendResult result = sender.send(events.iterator(), progress);
            return new Summary(
                    survey.lines(),
                    survey.unreadable(),
                    survey.notViews(),
                    result.sent(),
                    result.stored(),
                    result.quarantined(),
                    result.reasons(),
                    shift);
        }
    }
}
