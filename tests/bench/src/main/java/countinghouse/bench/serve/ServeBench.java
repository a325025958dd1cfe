package countinghouse.bench.serve;

import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.report.Machine;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Ours and the peer in turn, as fast as they answer; then ours at half of that, on a schedule that waits for nobody. */
final class ServeBench {
    /** Long enough to hold what happens once in half a minute, such as a whole collection of garbage: else the tail is a matter of luck. */
    static final int OPEN_TIMES = 6;

    private static final double MICROS = 1e6;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int CONNECT_ATTEMPTS = 100;

    private final int accounts;
    private final int seconds;
    private final int rounds;
    private final long seed;
    private final List<String> apiOptions;
    private final Consumer<String> progress;

    ServeBench(int accounts, int seconds, int rounds, long seed, List<String> apiOptions, Consumer<String> progress) {
        this.accounts = accounts;
        this.seconds = seconds;
        this.rounds = rounds;
        this.seed = seed;
        this.apiOptions = List.copyOf(apiOptions);
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws CommandFailure with {@link ExitCode#DISAGREED} if an answer was wrong
     */
    ServeReport run() {
        Instant startedAt = Instant.now();
        try (Workspace workspace = Workspace.create("serve");
                ServeStage stage = new ServeStage(workspace.folder(), new KeySpace(accounts), apiOptions, progress);
                HttpLoad ours = new HttpLoad(stage.apiPort(), stage.token(), true, new Requests(seed, accounts));
                HttpLoad peer = new HttpLoad(stage.startPeer(ours.sample()), "", false, new Requests(seed, accounts))) {
            awaitPeer(peer);
            Duration duration = Duration.ofSeconds(seconds);
            // The compiler of a JVM is busy for the first ten seconds of a processor or more; of the peer there is
            // little to compile.
            ours.closed(duration.multipliedBy(WARM_UP_ROUNDS));
            peer.closed(duration);
            List<ServeReport.Round> measured = new ArrayList<>();
            for (int n = 0; n < rounds; n++) {
                measured.add(round(stage, ours, peer, duration));
                ServeReport.Round last = measured.get(n);
                progress.accept("round %d: %,.0f merged reads/s (%.1f us CPU), static %,.0f/s (%.1f us)"
                        .formatted(n + 1, last.ours(), last.oursMicros(), last.peer(), last.peerMicros()));
            }
            double half = ServeReport.median(
                            measured.stream().map(ServeReport.Round::ours).toList())
                    / 2;
            HttpLoad.Outcome open = ours.open(half, duration.multipliedBy(OPEN_TIMES));
            ServeReport report = new ServeReport(
                    "serve",
                    startedAt,
                    Machine.now("see log"),
                    accounts,
                    stage.startSeconds(),
                    stage.startMegabytes(),
                    stage.residentMegabytes(),
                    measured,
                    half,
                    List.of(open.ms(50), open.ms(90), open.ms(99), open.ms(99.9), open.ms(100)));
            workspace.done();
            return report;
        } catch (WrongTotalException e) {
            throw new CommandFailure(ExitCode.DISAGREED, e.getMessage(), e);
        }
    }

    private static ServeReport.Round round(ServeStage stage, HttpLoad ours, HttpLoad peer, Duration duration) {
        double apiBefore = stage.apiCpuSeconds();
        HttpLoad.Outcome read = ours.closed(duration);
        double apiCpu = stage.apiCpuSeconds() - apiBefore;
        double peerBefore = stage.peerCpuSeconds();
        HttpLoad.Outcome constant = peer.closed(duration);
        double peerCpu = stage.peerCpuSeconds() - peerBefore;
        return new ServeReport.Round(
                read.perSecond(),
                apiCpu * MICROS / read.answered(),
                constant.perSecond(),
                peerCpu * MICROS / constant.answered());
    }

    private static void awaitPeer(HttpLoad peer) {
        for (int attempt = 0; attempt < CONNECT_ATTEMPTS; attempt++) {
            try {
                peer.closed(Duration.ofMillis(100));
                return;
            } catch (Exception e) {
                // Vert.x throws checked exceptions undeclared.
                if (!(e instanceof ConnectException)) {
                    throw e;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(100).toNanos());
            }
        }
        throw new CommandFailure(ExitCode.TEMPORARY, "The static server does not answer; see its log");
    }
}
