package countinghouse.bench.ingest;

import countinghouse.bench.speed.stage.Stage;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kafka-producer-perf-test} as Kafka ships it: one producer, no HTTP, no JSON, no checks, the door's own producer settings. */
final class ProducerPerfTest {
    private static final String TOPIC = "events.custom";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern RESULT = Pattern.compile("(\\d+) records sent, ([\\d.]+) records/sec");
    private static final int LINES = 10_000;

    private final Stage stage;

    ProducerPerfTest(Stage stage) {
        this.stage = stage;
    }

    /** Records a second, as the tool says it, of records of that many bytes. */
    double recordsPerSecond(long records, int recordBytes, int sample) {
        String name = "perf-test-" + sample;
        Path payload = payload(recordBytes);
        ChildCommand command = stage.kafkaTool(
                name,
                List.of(
                        "org.apache.kafka.tools.ProducerPerformance",
                        "--topic",
                        TOPIC,
                        "--num-records",
                        Long.toString(records),
                        "--warmup-records",
                        Long.toString(records / 4),
                        "--throughput",
                        "-1",
                        "--payload-file",
                        payload.toString(),
                        "--bootstrap-server",
                        stage.bootstrapServers(),
                        "--command-property",
                        "acks=all",
                        "compression.type=lz4",
                        "linger.ms=5",
                        "batch.size=131072",
                        "buffer.memory=67108864"));
        ChildProcess tool = ChildProcess.start(name, command);
        try {
            if (!tool.endedWithin(LIMIT)) {
                throw new CommandFailure(ExitCode.TEMPORARY, "The producer benchmark did not end in " + LIMIT);
            }
        } finally {
            tool.kill();
        }
        return result(tool.log(), records);
    }

    private static double result(Path log, long records) {
        try {
            double rate = 0;
            Matcher matcher = RESULT.matcher(Files.readString(log));
            // Lines of progress come first, then the whole, then the part after the warm-up.
            while (matcher.find()) {
                if (Long.parseLong(matcher.group(1)) >= records / 2) {
                    rate = Math.max(rate, Double.parseDouble(matcher.group(2)));
                }
            }
            if (rate == 0) {
                throw new CommandFailure(ExitCode.TEMPORARY, "The producer benchmark failed; its log is " + log);
            }
            return rate;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot read %s (%s)".formatted(log, e), e);
        }
    }

    /** Texts that compress about as well as real events. */
    private Path payload(int recordBytes) {
        List<String> lines = new ArrayList<>(LINES);
        for (int i = 0; i < LINES; i++) {
            String line = "%012d counter/bench office-%04d A%012d passports north EUR ".formatted(i, i % 10_000, i);
            lines.add((line + "x".repeat(recordBytes)).substring(0, recordBytes));
        }
        try {
            return Files.write(stage.folder("payload").resolve("records.txt"), lines);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot write the payload (%s)".formatted(e), e);
        }
    }
}
