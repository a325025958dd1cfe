package countinghouse.serving.batchview;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Reads which generation is served. */
public final class PublishedPointer {
    private static final int TIMEOUT_SECONDS = 5;
    private static final String SQL = """
            SELECT g.number, g.closed_through, g.published_at,
                ARRAY(SELECT jsonb_array_elements_text(coalesce(g.manifest #> '{versions,backfilled}', '[]')))
            FROM published.pointer p JOIN published.generation g ON g.number = p.generation
            """;

    private final Jdbi jdbi;

    public PublishedPointer(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The served generation, or {@link Generation#NONE}.
     *
     * @throws BatchUnavailableException if PostgreSQL cannot be asked
     */
    public Generation read() {
        try {
            return jdbi.withHandle(handle -> handle.createQuery(SQL)
                    .setQueryTimeout(TIMEOUT_SECONDS)
                    .map((row, context) -> new Generation(
                            row.getLong(1),
                            milliseconds(row.getObject(2, OffsetDateTime.class)),
                            milliseconds(row.getObject(3, OffsetDateTime.class)),
                            Set.of((String[]) row.getArray(4).getArray())))
                    .findOne()
                    .orElse(Generation.NONE));
        } catch (JdbiException e) {
            throw new BatchUnavailableException("Cannot read the pointer of published counts from PostgreSQL", e);
        }
    }

    private static long milliseconds(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
