package countinghouse.bench.batch.task;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.archive.GeneratedArchive;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.batch.seal.Sealed;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import java.util.List;
import java.util.Map;

/** Writes the days to the archive, and leaves two runs that are sealed and archived: what one does, the other can do again. */
final class ArchiveTask implements TaskMain.Task {
    private static final String AGAIN = "-again";

    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception {
        TicketDays days = assignment.days();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings));
                Database database = Database.open(BatchConfig.databaseFrom(settings))) {
            GeneratedArchive archive = new GeneratedArchive(catalog, new TicketSchemas(), days);
            Measured measured =
                    Stopwatch.ofThisProcess().time(() -> write(archive, days)).as("generate and archive", 0, Map.of());
            Runs runs = new Runs(database);
            for (String runId : List.of(assignment.runId(), assignment.runId() + AGAIN)) {
                Run run = runs.findOrBegin(runId);
                runs.record(run, Sealed.STEP, new Sealed((days.lastDay() + 1L) * TicketDays.DAY_MS, Map.of()));
                runs.record(run, Archived.STEP, archive.lastWritten());
            }
            return List.of(measured);
        }
    }

    private static Archived write(GeneratedArchive archive, TicketDays days) {
        for (int day = days.firstDay(); day <= days.lastDay(); day++) {
            archive.write(day);
        }
        return archive.lastWritten();
    }
}
