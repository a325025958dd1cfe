package countinghouse.bench.speed.profile;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where the samples of a flight recording lie: by our method that led there, and by the method that ran. */
public final class HotSpots {
    private static final String EXECUTION_SAMPLE = "jdk.ExecutionSample";
    private static final String OURS = "countinghouse.";
    private static final int SHOWN = 25;

    private final Map<String, Integer> byOwner = new HashMap<>();
    private final Map<String, Integer> byMethod = new HashMap<>();
    private int samples;

    private HotSpots() {}

    /**
     * Reads a recording.
     *
     * @throws CommandFailure if the file is no recording
     */
    public static HotSpots of(Path recording) {
        HotSpots spots = new HotSpots();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(EXECUTION_SAMPLE) && event.getStackTrace() != null) {
                    spots.add(event.getStackTrace().getFrames());
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot read the recording %s (%s); try again".formatted(recording, e), e);
        }
        return spots;
    }

    private void add(List<RecordedFrame> frames) {
        samples++;
        byMethod.merge(name(frames.get(0).getMethod()), 1, Integer::sum);
        String owner = frames.stream()
                .map(frame -> name(frame.getMethod()))
                .filter(method -> method.startsWith(OURS))
                .findFirst()
                .orElse("(Kafka, Redis client and JDK on their own account)");
        byOwner.merge(owner, 1, Integer::sum);
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    /** The most frequent ones, as Markdown. */
    public String markdown() {
        return table("our method", byOwner) + "\n" + table("method on top", byMethod);
    }

    private String table(String head, Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder("| %s | samples |%n|---|--:|%n".formatted(head));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT, "| `%s` | %.1f %% |%n", entry.getKey(), 100.0 * entry.getValue() / samples)));
        return text.toString();
    }
}
