package countinghouse.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question of the guide to SQL.
 *
 * @param number its number there
 * @param title the question in words
 * @param sql as the guide has it
 * @param columns of the guide's answer
 */
record AnalystQuestion(int number, String title, String sql, List<String> columns) {
    private static final Path GUIDE = Path.of("").toAbsolutePath().getParent().resolve("docs/guides/sql.md");
    private static final Pattern QUESTION =
            Pattern.compile("(?s)\n### (\\d+)\\. ([^\n]+)\n(?:(?!\n#).)*?```sql\n(.*?)```\n\n\\|([^\n]+)\\|\n");

    static List<AnalystQuestion> all() throws IOException {
        return QUESTION.matcher(Files.readString(GUIDE))
                .results()
                .map(AnalystQuestion::of)
                .toList();
    }

    private static AnalystQuestion of(MatchResult match) {
        return new AnalystQuestion(
                Integer.parseInt(match.group(1)),
                match.group(2),
                match.group(3),
                Stream.of(match.group(4).split("\\|")).map(String::strip).toList());
    }

    @Override
    public String toString() {
        return number + ". " + title;
    }
}
