package countinghouse.deploy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The series of {@code docs/metrics.md}. */
final class MetricCatalogue {
    private static final Path FILE = Repository.ROOT.resolve("docs/metrics.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z]\\w*`(?:, )?)+) \\| ([^|]*) \\|");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private MetricCatalogue() {}

    /** Name of each series, with its labels but {@code le}. */
    static Map<String, TreeSet<String>> documented() {
        Map<String, TreeSet<String>> series = new TreeMap<>();
        ROW.matcher(Repository.text(FILE))
                .results()
                .forEach(row -> CODE.matcher(row.group(1)).results().forEach(name -> {
                    TreeSet<String> labels = new TreeSet<>();
                    CODE.matcher(row.group(2)).results().forEach(label -> labels.add(label.group(1)));
                    if (series.put(name.group(1), labels) != null) {
                        throw new AssertionError(name.group(1) + " is documented twice");
                    }
                }));
        return series;
    }
}
