package countinghouse.bench.serve;

import countinghouse.bench.speed.stage.BenchService;
import countinghouse.bench.speed.stage.ProcessCpu;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.ChildProcess;
import countinghouse.local.child.Guardian;
import countinghouse.local.component.RunningComponent;
import countinghouse.local.component.Workplace;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.setup.DatabaseRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** PostgreSQL and Redis with counts in them, the API's process, and the peer's. */
final class ServeStage implements AutoCloseable {
    /** Both servers' JVM: it starts small, and may remember more of a million accounts as it is asked for them. */
    static final List<String> JVM = List.of("-XX:+UseParallelGC", "-Xms64m", "-Xmx384m");

    private static final Duration STOP_GRACE = Duration.ofSeconds(15);
    private static final double MEGABYTE = 1024;

    private final Platform platform;
    private final Workplace workplace;
    private final RunningComponent api;
    private final double startSeconds;
    private final double startMegabytes;
    private ChildProcess peer;

    ServeStage(Path folder, KeySpace keys, List<String> apiOptions, Consumer<String> progress) {
        platform = Platform.start(
                PlatformOptions.at(folder).with(Set.of("postgres", "redis")).onProgress(progress));
        workplace = Workplace.at(platform.state(), Distribution.ofProcess());
        try {
            fill(keys);
            progress.accept("%,d accounts are counted in both layers".formatted(keys.accounts()));
            List<String> options = new ArrayList<>(JVM);
            options.addAll(apiOptions);
            api = new RunningComponent(BenchService.component(workplace, "serving", "api", "384m", Map.of(), options));
            long start = System.nanoTime();
            api.start();
            startSeconds = (System.nanoTime() - start) / 1e9;
            startMegabytes = residentMegabytes();
            progress.accept("the API is ready after %.1f s".formatted(startSeconds));
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private void fill(KeySpace keys) {
        try (Connection connection = DriverManager.getConnection(
                        platform.databaseUrl(),
                        DatabaseRole.OWNER.user(),
                        platform.databasePassword(DatabaseRole.OWNER));
                Jedis redis = new Jedis(platform.redis().url())) {
            keys.publish(connection);
            keys.count(redis);
        } catch (SQLException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "The counts cannot be written (%s)".formatted(e), e);
        }
    }

    int apiPort() {
        return api.component().port();
    }

    String token() {
        return platform.token(Set.of(AccessRole.ANALYST), Set.of());
    }

    double startSeconds() {
        return startSeconds;
    }

    /** What the API's process had in memory when it was ready. */
    double startMegabytes() {
        return startMegabytes;
    }

    /** Starts the peer, which answers with the text; returns its port. */
    int startPeer(String text) {
        int port = workplace.ports().flexible("static");
        peer = ChildProcess.start(
                "static",
                new ChildCommand(
                        Guardian.jvm(
                                workplace.distribution(),
                                JVM,
                                workplace.distribution().classPath("bench"),
                                List.of(StaticMain.class.getName(), Integer.toString(port), text)),
                        Map.of(),
                        platform.state().root(),
                        workplace.state().log("static")));
        return port;
    }

    /** Processor time so far of the API and of the stores that work for it. */
    double apiCpuSeconds() {
        double stores = platform.status().components().stream()
                .filter(component -> component.pid() != null)
                .mapToDouble(component -> ProcessCpu.seconds(component.pid()))
                .sum();
        return ProcessCpu.seconds(apiPid()) + stores;
    }

    double peerCpuSeconds() {
        return ProcessCpu.seconds(peer.pid());
    }

    /** What the API's process has in memory now. */
    double residentMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(apiPid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / MEGABYTE)
                    .sum();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "The API's process cannot be looked at (%s)".formatted(e), e);
        }
    }

    private long apiPid() {
        return api.pid()
                .orElseThrow(() -> new CommandFailure(ExitCode.TEMPORARY, "The API ended while it was measured"));
    }

    @Override
    public void close() {
        if (peer != null) {
            peer.stop(STOP_GRACE);
        }
        api.askToStop();
        api.close();
        platform.close();
    }
}
