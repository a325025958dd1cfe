package countinghouse.batch.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The runs of the batch layer and what each of their steps came to. A run is found again by its id, which makes steps repeatable. */
public final class Runs {
    private final Database database;

    public Runs(Database database) {
        this.database = database;
    }

    /** The run of an id; begun if there is none. */
    public Run findOrBegin(String runId) {
        return database.jdbi().inTransaction(handle -> {
            handle.createUpdate("INSERT INTO published.run (run_id) VALUES (:id) ON CONFLICT (run_id) DO NOTHING")
                    .bind("id", runId)
                    .execute();
            return find(handle, runId).orElseThrow();
        });
    }

    /** The run of an id. */
    public Run find(String runId) {
        return database.jdbi()
                .withHandle(handle -> find(handle, runId))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT, "There is no run '%s'; begin it with 'batch seal'".formatted(runId)));
    }

    /** The run that was begun last. */
    public Run newest() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT run_number, run_id FROM published.run ORDER BY run_number DESC LIMIT 1")
                        .map((row, context) -> new Run(row.getLong(1), row.getString(2)))
                        .findOne())
                .orElseThrow(() ->
                        new CommandFailure(ExitCode.BAD_INPUT, "There is no run yet; begin one with 'batch seal'"));
    }

    /** What a step of the run came to; empty if it has not completed. */
    public <T> Optional<T> outcome(Run run, Step<T> step) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT state -> :step FROM published.run WHERE run_number = :run AND state -> :step IS NOT NULL")
                        .bind("step", step.name())
                        .bind("run", run.number())
                        .mapTo(String.class)
                        .findOne())
                .map(json -> parse(json, step));
    }

    /** What an earlier step came to, which a later step needs. */
    public <T> T required(Run run, Step<T> step) {
        return outcome(run, step)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Run '%s' has not completed '%s'; run 'batch %s --run-id %s' first"
                                .formatted(run.id(), step.name(), step.name(), run.id())));
    }

    /** Remembers what a step came to. */
    public <T> void record(Run run, Step<T> step, T outcome) {
        database.jdbi().useHandle(handle -> handle.createUpdate("""
                                UPDATE published.run SET state = state || jsonb_build_object(:step, CAST(:outcome AS jsonb))
                                WHERE run_number = :run""")
                .bind("step", step.name())
                .bind("outcome", Json.text(outcome))
                .bind("run", run.number())
                .execute());
    }

    private static Optional<Run> find(Handle handle, String runId) {
        return handle.createQuery("SELECT run_number, run_id FROM published.run WHERE run_id = :id")
                .bind("id", runId)
                .map((row, context) -> new Run(row.getLong(1), row.getString(2)))
                .findOne();
    }

    private static <T> T parse(String json, Step<T> step) {
        try {
            return Json.mapper().readValue(json, step.outcome());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The outcome of '%s' is unreadable: %s".formatted(step.name(), json), e);
        }
    }
}
