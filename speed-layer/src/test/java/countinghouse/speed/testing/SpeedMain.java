package countinghouse.speed.testing;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.speed.epoch.ArchivedEnds;
import countinghouse.speed.process.SpeedApplication;
import countinghouse.speed.process.SpeedConfig;
import countinghouse.speed.topology.MeteredAmounts;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The Streams application alone in a JVM, to be killed; arguments are {@code key=value} settings. */
public final class SpeedMain {
    private SpeedMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> values = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Settings settings = Settings.of(values);
        SpeedApplication.start(
                settings.text("kafka.bootstrap-servers"),
                SpeedConfig.from(settings),
                CountingConfig.from(settings),
                CountingSchedule.standard(),
                new FixedSchemas(),
                ArchivedEnds.none(),
                new SimpleMeterRegistry(),
                MeteredAmounts.untold(),
                Tracing.off());
        new CountDownLatch(1).await();
    }

    /** Starts the application in a child JVM. */
    public static Process fork(Map<String, String> settings, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpeedMain.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
