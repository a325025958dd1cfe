package countinghouse.batch.publish;

import countinghouse.batch.generation.Generations;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.generation.PointerLock;
import countinghouse.batch.recompute.Conservation;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.Run;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The one transaction that makes a generation visible, under the lock on the pointer. */
final class PublishTransaction {
    private final Database database;
    private final PointerLock pointerLock;
    private final GenerationTotals totals;

    /** @param patience how long to look for the outcome of a COMMIT that was not answered */
    PublishTransaction(Database database, GenerationTotals totals, Duration patience) {
        this.database = database;
        this.totals = totals;
        this.pointerLock = new PointerLock(database, patience);
    }

    /** The generation that a run has published, if it has. */
    Optional<Long> generationOf(Run run) {
        return database.jdbi().withHandle(handle -> generationOf(handle, run));
    }

    long rowsOf(Run run) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM published.batch_count WHERE run_number = :run")
                .bind("run", run.number())
                .mapTo(Long.class)
                .one());
    }

    /** The number of the next generation. Numbers of generations that were rolled back stay used. */
    long nextNumber() {
        return database.jdbi().withHandle(PublishTransaction::nextNumber);
    }

    /** Removes rows that an earlier attempt of the same run has copied; no generation names them. */
    void discardRows(Run run) {
        database.jdbi().useHandle(handle -> {
            totals.discardDays(handle, run.number());
            handle.createUpdate("DELETE FROM published.batch_count WHERE run_number = :run")
                    .bind("run", run.number())
                    .execute();
        });
    }

    /** Sums up the run's rows once all are copied. */
    void addDayTotals(Run run) {
        database.jdbi().useHandle(handle -> totals.addDays(handle, run.number()));
    }

    /**
     * Makes the generation visible.
     *
     * @throws CommandFailure (temporary) if another generation was published meanwhile or PostgreSQL refused, (unknown outcome) if
     *     PostgreSQL cannot be asked whether a COMMIT that it did not answer has happened
     */
    void commit(Run run, Manifest manifest, Recomputed recomputed) {
        AtomicBoolean commitIsNext = new AtomicBoolean();
        try {
            database.jdbi().useTransaction(handle -> {
                write(handle, run, manifest, recomputed);
                commitIsNext.set(true);
            });
        } catch (JdbiException e) {
            if (!commitIsNext.get() || !hasHappened(run, e)) {
                throw PublishJob.temporary(
                        "PostgreSQL refused generation %d: %s; nothing was published. Run the same run id again"
                                .formatted(manifest.generation(), e.getMessage()),
                        e);
            }
        }
    }

    private boolean hasHappened(Run run, JdbiException failure) {
        try {
            return pointerLock.look(handle -> generationOf(handle, run).isPresent());
        } catch (JdbiException e) {
            failure.addSuppressed(e);
            throw new CommandFailure(
                    ExitCode.UNKNOWN_OUTCOME,
                    "The publish of run '%s' may or may not have happened; run the same run id again, it will look"
                            .formatted(run.id()),
                    failure);
        }
    }

    private void write(Handle handle, Run run, Manifest draft, Recomputed recomputed) {
        Long current = Generations.lockPointer(handle);
        if (!Objects.equals(current, recomputed.parent()) || nextNumber(handle) != draft.generation()) {
            throw parentMoved(recomputed.parent(), current);
        }
        // Days first: the manifest carries the totals of every run that they name.
        Map<Integer, Long> runByDay = days(handle, run, recomputed);
        List<Conservation> conservation = conservation(handle, run, recomputed, runByDay);
        insertGeneration(handle, with(draft, conservation));
        insertDays(handle, draft.generation(), runByDay);
        insertConservation(handle, draft.generation(), conservation);
        totals.add(handle, draft.generation(), draft.parent());
        Generations.point(handle, draft.generation());
    }

    /** Which run provides each ingest day: this one where it recomputed, the parent's where it did not. */
    private static Map<Integer, Long> days(Handle handle, Run run, Recomputed recomputed) {
        Map<Integer, Long> runByDay = new TreeMap<>();
        if (recomputed.parent() != null) {
            handle.createQuery(
                            "SELECT ingest_day, run_number FROM published.generation_day WHERE generation = :generation")
                    .bind("generation", recomputed.parent())
                    .map((row, context) ->
                            Map.entry((int) row.getObject(1, LocalDate.class).toEpochDay(), row.getLong(2)))
                    .forEach(entry -> runByDay.put(entry.getKey(), entry.getValue()));
        }
        runByDay.keySet().removeIf(day -> recomputed.ranges().stream()
                .anyMatch(range -> day >= range.fromDay() && day < range.toDay()));
        recomputed.days().forEach(day -> runByDay.put(day.day(), run.number()));
        return runByDay;
    }

    /** Where every closed record of the whole history went, by partition. */
    private static List<Conservation> conservation(
            Handle handle, Run run, Recomputed recomputed, Map<Integer, Long> runByDay) {
        Map<String, Conservation> totals = new TreeMap<>();
        Map<Long, Recomputed> recomputations = new TreeMap<>(Map.of(run.number(), recomputed));
        runByDay.forEach((day, runNumber) ->
                recomputations.computeIfAbsent(runNumber, number -> recomputationOf(handle, number)).days().stream()
                        .filter(provided -> provided.day() == day)
                        .flatMap(provided -> provided.partitions().stream())
                        .forEach(
                                part -> totals.merge(part.topic() + "-" + part.partition(), part, Conservation::plus)));
        return new ArrayList<>(totals.values());
    }

    private static Recomputed recomputationOf(Handle handle, long runNumber) {
        String json = handle.createQuery("SELECT state -> :step FROM published.run WHERE run_number = :run")
                .bind("step", Recomputed.STEP.name())
                .bind("run", runNumber)
                .mapTo(String.class)
                .one();
        try {
            return Json.mapper().readValue(json, Recomputed.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("The outcome of run %d is unreadable".formatted(runNumber), e);
        }
    }

    private static Manifest with(Manifest draft, List<Conservation> partitions) {
        Map<String, Conservation> byTopic = new TreeMap<>();
        partitions.forEach(part -> byTopic.merge(part.topic(), part, Conservation::plus));
        return new Manifest(
                draft.generation(),
                draft.parent(),
                draft.runNumber(),
                draft.runId(),
                draft.closedThrough(),
                draft.tag(),
                draft.snapshots(),
                draft.endOffsets(),
                draft.runningMaxima(),
                draft.versions(),
                byTopic,
                draft.gates(),
                draft.startedAt(),
                draft.publishedBy());
    }

    private static void insertGeneration(Handle handle, Manifest manifest) {
        handle.createUpdate("""
                        INSERT INTO published.generation (number, parent, run_id, closed_through, manifest, published_by)
                        VALUES (:number, :parent, :runId, :closedThrough, CAST(:manifest AS jsonb), :publishedBy)""")
                .bind("number", manifest.generation())
                .bind("parent", manifest.parent())
                .bind("runId", manifest.runId())
                .bind("closedThrough", OffsetDateTime.ofInstant(manifest.closedThrough(), ZoneOffset.UTC))
                .bind("manifest", Json.text(manifest))
                .bind("publishedBy", manifest.publishedBy())
                .execute();
    }

    private static void insertDays(Handle handle, long generation, Map<Integer, Long> runByDay) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO published.generation_day (generation, ingest_day, run_number) VALUES (:generation, :day, :run)");
        runByDay.forEach((day, run) -> batch.bind("generation", generation)
                .bind("day", LocalDate.ofEpochDay(day))
                .bind("run", run)
                .add());
        batch.execute();
    }

    private static void insertConservation(Handle handle, long generation, List<Conservation> partitions) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO published.conservation
                    (generation, topic, partition, archived, counted, unmetered, duplicates, invalid, undecodable, ticks)
                VALUES (:generation, :topic, :partition, :archived, :counted, :unmetered, :duplicates,
                    CAST(:invalid AS jsonb), :undecodable, :ticks)""");
        for (Conservation part : partitions) {
            batch.bind("generation", generation)
                    .bind("topic", part.topic())
                    .bind("partition", part.partition())
                    .bind("archived", part.archived())
                    .bind("counted", part.counted())
                    .bind("unmetered", part.unmetered())
                    .bind("duplicates", part.duplicates())
                    .bind("invalid", Json.text(part.invalid()))
                    .bind("undecodable", part.undecodable())
                    .bind("ticks", part.ticks())
                    .add();
        }
        batch.execute();
    }

    private static Optional<Long> generationOf(Handle handle, Run run) {
        return handle.createQuery("SELECT number FROM published.generation WHERE run_id = :id")
                .bind("id", run.id())
                .mapTo(Long.class)
                .findOne();
    }

    private static long nextNumber(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(number), 0) + 1 FROM published.generation")
                .mapTo(Long.class)
                .one();
    }

    static CommandFailure parentMoved(Long expected, Long found) {
        return new CommandFailure(
                ExitCode.TEMPORARY,
                "The run builds on generation %s, but %s is current: another publish or rollback came between. Start a new run"
                        .formatted(expected, found));
    }
}
