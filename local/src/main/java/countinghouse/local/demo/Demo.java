package countinghouse.local.demo;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendResult;
import countinghouse.ingestion.source.SimulatedDay;
import countinghouse.ingestion.source.Sources;
import countinghouse.ingestion.truth.Truth;
import countinghouse.ingestion.truth.TruthFile;
import countinghouse.ingestion.truth.TruthRow;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;

/** A simulated day on a running platform, from its events to invoices that verify. */
final class Demo {
    private static final String RUN_ID = "demo";

    private final DemoPlatform platform;
    private final Progress progress;
    private final ApiClient api;
    private final KnownMeters meters;
    private final LiveTotals totals;

    Demo(DemoPlatform platform, Progress progress) {
        this.platform = platform;
        this.progress = progress;
        this.api = new ApiClient(platform.api(), platform.analystToken());
        this.meters = KnownMeters.of(platform.settings());
        this.totals = new LiveTotals(api, meters.slugs());
    }

    /** Plays the day and proves it. */
    DemoReport play(int events, long seed, MemorySampler memory) {
        Settings settings = platform.settings();
        SimulatedDay day = SimulatedDay.endingAtLastFullHour(Clock.systemUTC());
        progress.stage("Registering %d accounts in four tiers"
                .formatted(Sources.accounts().size()));
        try (Books books = new Books(settings)) {
            books.register(Sources.accounts(), day.from());
        }
        progress.stage("Sending %,d events of a simulated day from five kinds of sources".formatted(events));
        Truth truth = new Truth();
        EventSender.Target target = EventSender.Target.of(platform.api(), platform.producerToken());
        SendResult sent = new Feed(target, totals, progress).send(Sources.simulation(seed, events, day), truth);
        progress.detail("%,d stored, %,d quarantined %s".formatted(sent.stored(), sent.quarantined(), sent.reasons()));
        write(truth);
        progress.stage("Waiting for the live counts to reach what was sent");
        BigDecimal before = CatchUp.await(totals::sum, sumOf(truth));
        progress.detail("live: " + totals.headline());
        BucketEnd.await(CountingConfig.from(settings).bucketWidth());
        progress.stage("Batch: seal, archive, gate, recompute, gate, reconcile");
        platform.cli().run("batch", "run", "--run-id", RUN_ID, "--without-publish");
        progress.stage("Publishing, while the totals are read all the time");
        PublishWatch.Seen seen =
                new PublishWatch(totals).during(() -> platform.cli().run("batch", "publish", "--run-id", RUN_ID));
        progress.detail("%d reads, all between %s and %s".formatted(seen.reads(), seen.min(), seen.max()));
        DemoState demo = new DemoState(
                day.from(),
                day.to(),
                RUN_ID,
                sent.stored(),
                sent.quarantined(),
                new DoorMetrics(platform.api()).adsExploded(),
                before,
                seen.min(),
                seen.max(),
                seen.reads());
        demo.write(platform.state());
        progress.stage("Billing the day");
        try (Books books = new Books(settings)) {
            books.bill(demo.period(), RUN_ID);
        }
        return prove(memory);
    }

    /** Checks again what a demo left on this platform, reconciling anew. */
    DemoReport proveAgain(MemorySampler memory) {
        progress.stage("Reconciling the layers again");
        Cli.Result reconciled = platform.cli()
                .attempt(
                        "batch",
                        "reconcile",
                        "--run-id",
                        DemoState.read(platform.state()).runId());
        if (reconciled.status() > ExitCode.DISAGREED.status()) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot reconcile; the log of the commands in %s says why".formatted(platform.state()));
        }
        return prove(memory);
    }

    private DemoReport prove(MemorySampler memory) {
        Proof proof = new Proof(platform.state(), platform.settings(), api, progress);
        return proof.check(totals, memory.peakMebibytes());
    }

    private void write(Truth truth) {
        try {
            TruthFile.write(truth, DemoState.truthFile(platform.state()));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot write to %s (%s); free some space".formatted(platform.state(), e), e);
        }
    }

    private BigDecimal sumOf(Truth truth) {
        return truth.rows().stream().filter(meters::has).map(TruthRow::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
