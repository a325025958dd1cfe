package countinghouse.bench.batch.task;

import countinghouse.batch.archive.ArchivingPass;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Archives a preloaded topic again and again, in turns with a bare consumer of it. */
final class ArchiveLogTask implements TaskMain.Task {
    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception {
        List<Measured> measured = new ArrayList<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings))) {
            ArchivingPass pass = new ArchivingPass(catalog, KafkaConfig.from(settings), settings.text("registry.url"));
            for (int round = -assignment.warmUps(); round < assignment.rounds(); round++) {
                Measured archived = measure("archive the topic", assignment, pass::archive);
                Measured consumed = measure("consume it only", assignment, pass::consume);
                if (round >= 0) {
                    measured.addAll(List.of(archived, consumed));
                }
            }
        }
        return measured;
    }

    private static Measured measure(String part, Assignment assignment, Callable<Long> work) throws Exception {
        Stopwatch.Done<Long> done = Stopwatch.ofThisProcess().time(work);
        if (done.result() != assignment.days().recordsPerDay()) {
            throw new IllegalStateException("%s: %d records instead of %d"
                    .formatted(part, done.result(), assignment.days().recordsPerDay()));
        }
        return done.as(part, 0, Map.of());
    }
}
