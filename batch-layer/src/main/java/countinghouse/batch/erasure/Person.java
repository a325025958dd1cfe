package countinghouse.batch.erasure;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/**
 * Whom the archive shall not know any more.
 *
 * @param identifier as producers sent it in {@code user_id}
 * @param replacement what stands in its place: the same in every record, so that the records of one viewer stay those of one viewer, and
 *     drawn at random, so that nobody can compute it
 */
record Person(String identifier, String replacement) implements Serializable {
    /** The column that names a person. */
    static final String COLUMN = "user_id";

    /** Columns that tell of the person, and which neither a rule nor an identity needs; emptied. */
    static final List<String> DETAILS = List.of("session_id", "referrer");

    static Person of(String identifier) {
        return new Person(identifier, "erased-" + UUID.randomUUID());
    }
}
