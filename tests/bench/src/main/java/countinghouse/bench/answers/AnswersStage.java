package countinghouse.bench.answers;

import countinghouse.bench.speed.stage.BenchService;
import countinghouse.kit.access.AccessRole;
import countinghouse.local.Fleet;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.component.Workplace;
import countinghouse.local.distribution.Distribution;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Broker, registry, Redis and PostgreSQL, and the three processes of production between a POST and its answer. */
final class AnswersStage implements AutoCloseable {
    private static final String DOOR = "door";
    private static final String API = "serving";
    private static final List<String> JVM = List.of("-XX:+UseParallelGC", "-Xms64m");

    private final Platform platform;
    private final Fleet processes = new Fleet();

    AnswersStage(Path folder, int commitIntervalMs, Consumer<String> progress) {
        platform = Platform.start(PlatformOptions.at(folder)
                .with(Set.of(Platform.KAFKA, Platform.REGISTRY, Platform.REDIS, Platform.POSTGRES))
                .onProgress(progress));
        try {
            Workplace workplace = Workplace.at(platform.state(), Distribution.ofProcess());
            processes.startTogether(
                    progress,
                    part(
                            workplace,
                            "counting",
                            "speed,projector",
                            "1g",
                            Map.of(
                                    "COUNTINGHOUSE_SPEED_COMMIT_INTERVAL_MS",
                                    Integer.toString(commitIntervalMs),
                                    "COUNTINGHOUSE_SPEED_THREADS",
                                    "1",
                                    "COUNTINGHOUSE_SPEED_STATE_DIRECTORY",
                                    folder.resolve("speed-state").toString())),
                    part(workplace, DOOR, "ingest", "512m", Map.of()),
                    part(workplace, API, "api", "384m", Map.of()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Fleet.Part part(
            Workplace workplace, String name, String roles, String heap, Map<String, String> settings) {
        List<String> options = new ArrayList<>(JVM);
        options.add("-Xmx" + heap);
        return new Fleet.Part(BenchService.component(workplace, name, roles, heap, settings, options), () -> {});
    }

    URI door() {
        return BenchService.url(processes.get(DOOR).component());
    }

    URI api() {
        return BenchService.url(processes.get(API).component());
    }

    String token(AccessRole role) {
        return platform.token(Set.of(role), Set.of());
    }

    @Override
    public void close() {
        processes.close();
        platform.close();
    }
}
