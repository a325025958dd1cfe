package countinghouse.bench.batch;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.Arrays;
import java.util.List;

/** Who counts the day. */
enum Contestant {
    OURS("ours", "6g", true),
    DUCKDB("duckdb", "1g", true),
    DUCKDB_BY_PARTITION("duckdb-by-partition", "1g", true),
    SPARK_SQL("spark-sql", "6g", false);

    private final String word;
    private final String heap;
    private final boolean looksBack;

    Contestant(String word, String heap, boolean looksBack) {
        this.word = word;
        this.heap = heap;
        this.looksBack = looksBack;
    }

    /**
     * The contestants of some words.
     *
     * @param words all if there are none
     * @throws CommandFailure if one is no contestant
     */
    static List<Contestant> of(List<String> words) {
        if (words.isEmpty()) {
            return List.of(values());
        }
        return words.stream().map(Contestant::of).toList();
    }

    private static Contestant of(String word) {
        return Arrays.stream(values())
                .filter(contestant -> contestant.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "'%s' is no contestant; give some of ours,duckdb,duckdb-by-partition,spark-sql"
                                .formatted(word)));
    }

    /** The word that {@code --only} takes, and the name of the child's task. */
    String word() {
        return word;
    }

    /** Of its JVM; DuckDB's memory is its own. */
    String heap() {
        return heap;
    }

    /** Whether it takes part in the days behind a history. */
    boolean looksBack() {
        return looksBack;
    }
}
