package countinghouse.bench.answers;

import countinghouse.bench.speed.stage.Configured;
import countinghouse.bench.speed.stage.LongRunning;
import countinghouse.kit.access.AccessRole;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.component.RunningComponent;
import countinghouse.local.component.ServiceServer;
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
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m");

    private final Platform platform;
    private final List<RunningComponent> processes = new ArrayList<>();
    private final URI door;
    private final URI api;

    AnswersStage(Path folder, int commitIntervalMs, Consumer<String> progress) {
        platform = Platform.start(PlatformOptions.at(folder)
                .with(Set.of(Platform.KAFKA, Platform.REGISTRY, Platform.REDIS, Platform.POSTGRES))
                .onProgress(progress));
        try {
            Workplace workplace = Workplace.at(platform.state(), Distribution.ofProcess());
            start(
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
                            folder.resolve("speed-state").toString()));
            door = start(workplace, "door", "ingest", "512m", Map.of());
            api = start(workplace, "serving", "api", "384m", Map.of());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private URI start(Workplace workplace, String name, String roles, String heap, Map<String, String> settings) {
        List<String> options = new ArrayList<>(JVM);
        options.add("-Xmx" + heap);
        ServiceServer service = new ServiceServer(
                workplace, name, roles, heap, workplace.ports().flexible(name));
        RunningComponent process = new RunningComponent(new LongRunning(new Configured(service, settings), options));
        processes.add(process);
        process.start();
        return service.url();
    }

    URI door() {
        return door;
    }

    URI api() {
        return api;
    }

    String token(AccessRole role) {
        return platform.token(Set.of(role), Set.of());
    }

    @Override
    public void close() {
        processes.forEach(RunningComponent::askToStop);
        processes.forEach(RunningComponent::close);
        platform.close();
    }
}
