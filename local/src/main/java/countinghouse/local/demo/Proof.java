package countinghouse.local.demo;

import countinghouse.ingestion.truth.TruthFile;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.local.state.StateDirectory;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Checks a demo's platform against the generator's truth and against itself; changes nothing, and can be repeated. */
final class Proof {
    private static final Duration HUNDREDTH = Duration.ofMillis(10);

    private final StateDirectory state;
    private final Settings settings;
    private final ApiClient api;
    private final Progress progress;

    Proof(StateDirectory state, Settings settings, ApiClient api, Progress progress) {
        this.state = state;
        this.settings = settings;
        this.api = api;
        this.progress = progress;
    }

    /** Everything that holds now. */
    DemoReport check(LiveTotals totals, long memoryMb) {
        DemoState demo = DemoState.read(state);
        TruthFile truth = truth();
        BigDecimal totalAfter = totals.sum();
        progress.stage("Comparing every count with the generator's truth");
        TruthCheck.Result compared = new TruthCheck(api, KnownMeters.of(settings)).compare(truth);
        if (compared.first() != null) {
            progress.detail("differs: " + compared.first());
        }
        progress.stage("Recomputing every invoice line from its raw events");
        Books.Checked books = books(demo);
        try (Database database = Database.open(DatabaseConfig.from(settings))) {
            Conserved conserved = Conserved.read(database);
            ReconcileResult reconciled = ReconcileResult.read(database, demo.runId());
            return new DemoReport(
                    truth.totals().sent(),
                    demo.accepted(),
                    demo.quarantined(),
                    demo.adsExploded(),
                    conserved.archived(),
                    conserved.counted(),
                    conserved.unmetered(),
                    conserved.duplicates(),
                    truth.totals().duplicates(),
                    conserved.invalid(),
                    conserved.ticks(),
                    demo.totalBefore(),
                    demo.totalMin(),
                    demo.totalMax(),
                    totalAfter,
                    demo.reads(),
                    reconciled.rows(),
                    reconciled.mismatches(),
                    compared.rows(),
                    compared.mismatches(),
                    books.documents(),
                    books.total(),
                    books.verified(),
                    books.failed(),
                    books.ledgerOk(),
                    seconds(),
                    memoryMb);
        }
    }

    private Books.Checked books(DemoState demo) {
        try (Books books = new Books(settings)) {
            Books.Checked checked = books.check(demo.period());
            checked.first().ifPresent(first -> progress.detail("differs: " + first));
            return checked;
        }
    }

    private TruthFile truth() {
        try {
            return TruthFile.read(DemoState.truthFile(state));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot read the truth of the demo: %s".formatted(e.getMessage()), e);
        }
    }

    private BigDecimal seconds() {
        long hundredths = progress.elapsed().toMillis() / HUNDREDTH.toMillis();
        return BigDecimal.valueOf(hundredths, 2).setScale(1, RoundingMode.HALF_UP);
    }
}
