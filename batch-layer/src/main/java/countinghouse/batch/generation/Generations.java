package countinghouse.batch.generation;

import countinghouse.kit.command.CommandActor;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/** The published generations. Needs no Spark, so that one can roll back in seconds from anywhere. */
public final class Generations {
    /** Channel of PostgreSQL that tells readers a new current generation. */
    public static final String CHANNEL = "generation";

    private static final String SELECT = """
            SELECT g.number, g.parent, g.run_id, g.closed_through, g.published_at, g.published_by,
                   g.number IS NOT DISTINCT FROM p.generation AS is_current
            FROM published.generation g CROSS JOIN published.pointer p
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final PointerLock pointerLock;

    public Generations(Database database) {
        this(database, PATIENCE);
    }

    /** @param patience how long to look for the outcome of a rollback whose answer was lost */
    public Generations(Database database, Duration patience) {
        this.database = database;
        this.pointerLock = new PointerLock(database, patience);
    }

    /** Every generation, newest first. */
    public List<Generation> list() {
        return database.jdbi().withHandle(handle -> handle.createQuery(SELECT + "ORDER BY g.number DESC")
                .map(Generations::generation)
                .list());
    }

    /** The generation that readers are served from; empty before the first publish. */
    public Optional<Generation> current() {
        return database.jdbi().withHandle(Generations::current);
    }

    /** The generation with a number. */
    public Optional<Generation> find(long number) {
        return database.jdbi().withHandle(handle -> handle.createQuery(SELECT + "WHERE g.number = :number")
                .bind("number", number)
                .map(Generations::generation)
                .findOne());
    }

    /** The manifest of a generation. */
    public Manifest manifest(long number) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT manifest FROM published.generation WHERE number = :number")
                                .bind("number", number)
                                .mapTo(String.class)
                                .findOne())
                .map(Manifest::parse)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "There is no generation %d; 'generations' lists those there are".formatted(number)));
    }

    /**
     * Start in ms of the oldest ingest bucket that readers need from the speed layer, now and after a rollback: what the parent of the
     * current generation is closed through. Empty as long as no generation has a parent.
     */
    public OptionalLong oldestNeededBucketMs() {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT parent.closed_through
                        FROM published.pointer p
                        JOIN published.generation g ON g.number = p.generation
                        JOIN published.generation parent ON parent.number = g.parent""")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(closedThrough -> OptionalLong.of(closedThrough.toInstant().toEpochMilli()))
                .orElse(OptionalLong.empty()));
    }

    /**
     * Moves the pointer back to the parent of the current generation. If the answer to the COMMIT is lost, looks what became of it.
     *
     * @return the generation that is served now
     * @throws CommandFailure (bad input) if there is nothing to go back to, or the last rollback was not followed by a publish,
     *     (temporary) if PostgreSQL refused, (unknown outcome) if it cannot be asked whether the COMMIT happened
     */
    public Generation rollback() {
        AtomicReference<Generation> left = new AtomicReference<>();
        try {
            return database.jdbi().inTransaction(handle -> rollback(handle, left));
        } catch (JdbiException e) {
            return outcomeOf(left.get(), e);
        }
    }

    /** @param left gets the generation that is left, once nothing but the COMMIT is missing */
    private static Generation rollback(Handle handle, AtomicReference<Generation> left) {
        lockPointer(handle);
        Generation current = current(handle)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT, "Nothing is published yet, so there is nothing to roll back"));
        requireNewest(handle, current);
        if (current.parent() == null) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Generation %d is the first; there is nothing before it to roll back to"
                            .formatted(current.number()));
        }
        point(handle, current.parent());
        Generation served = current(handle).orElseThrow();
        left.set(current);
        return served;
    }

    /** A generation is left only once, so a move away from it is this one or one to the same end. */
    private Generation outcomeOf(Generation left, JdbiException failure) {
        boolean happened;
        try {
            happened = left != null
                    && pointerLock.look(handle -> handle.createQuery(
                                    "SELECT EXISTS (SELECT 1 FROM published.pointer_move WHERE before = :left AND after = :parent)")
                            .bind("left", left.number())
                            .bind("parent", left.parent())
                            .mapTo(Boolean.class)
                            .one());
        } catch (JdbiException e) {
            failure.addSuppressed(e);
            throw new CommandFailure(
                    ExitCode.UNKNOWN_OUTCOME,
                    "The rollback of generation %d may or may not have happened; 'generations' will tell once PostgreSQL answers"
                            .formatted(left.number()),
                    failure);
        }
        if (!happened) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "PostgreSQL refused the rollback: %s; the generation is served as before. Try again"
                            .formatted(failure.getMessage()),
                    failure);
        }
        return find(left.parent()).orElseThrow();
    }

    /** A second step back would reach below what the speed layer holds (ADR 0028), and every live answer would lack rows. */
    private static void requireNewest(Handle handle, Generation current) {
        long newest = handle.createQuery("SELECT max(number) FROM published.generation")
                .mapTo(Long.class)
                .one();
        if (current.number() != newest) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Generation %d is served since a rollback of generation %d; one can go back one generation only. Publish a new one first"
                            .formatted(current.number(), newest));
        }
    }

    /** Locks the pointer for the rest of the transaction; the generation it names, or null. */
    public static Long lockPointer(Handle handle) {
        return handle.createQuery("SELECT generation FROM published.pointer WHERE id = 1 FOR UPDATE")
                .map((row, context) -> row.getObject(1, Long.class))
                .findFirst()
                .orElse(null);
    }

    /** Moves the locked pointer and tells whoever listens. */
    public static void point(Handle handle, long generation) {
        // Read by the trigger that notes each move for the audit ledger.
        handle.createQuery("SELECT set_config('countinghouse.actor', :actor, true)")
                .bind("actor", CommandActor.name())
                .mapTo(String.class)
                .one();
        handle.createUpdate("UPDATE published.pointer SET generation = :generation WHERE id = 1")
                .bind("generation", generation)
                .execute();
        handle.createQuery("SELECT pg_notify(:channel, :generation)")
                .bind("channel", CHANNEL)
                .bind("generation", Long.toString(generation))
                .mapTo(String.class)
                .list();
    }

    private static Optional<Generation> current(Handle handle) {
        return handle.createQuery(SELECT + "WHERE g.number = p.generation")
                .map(Generations::generation)
                .findOne();
    }

    private static Generation generation(ResultSet row, StatementContext context) throws SQLException {
        Timestamp closedThrough = row.getTimestamp("closed_through");
        return new Generation(
                row.getLong("number"),
                row.getObject("parent", Long.class),
                row.getString("run_id"),
                closedThrough.getTime(),
                row.getTimestamp("published_at").toInstant(),
                row.getString("published_by"),
                row.getBoolean("is_current"));
    }
}
