package countinghouse.deploy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an expression that promtool accepts refers to. */
record PromExpression(String text) {
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHED_LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-zA-Z_]\\w*(?!\\w|\\s*\\()");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** Prometheus adds these to every series that it scrapes, to buckets and to alerts. */
    private static final Set<String> LABELS_OF_PROMETHEUS =
            Set.of("job", "instance", "le", "alertname", "alertstate", "severity");
    /** Prometheus makes these itself. */
    private static final Set<String> SERIES_OF_PROMETHEUS = Set.of("up", "ALERTS");

    /** The series that it reads and that we must expose. */
    Set<String> series() {
        String bare = text;
        for (Pattern pattern : new Pattern[] {STRING, MATCHERS, GROUPING, RANGE}) {
            bare = pattern.matcher(bare).replaceAll(" ");
        }
        return NAME.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !KEYWORDS.contains(name) && !SERIES_OF_PROMETHEUS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels that it matches or groups by. */
    Set<String> labels() {
        String bare = STRING.matcher(text).replaceAll(" ");
        TreeSet<String> labels = new TreeSet<>();
        MATCHERS.matcher(bare).results().forEach(matchers -> MATCHED_LABEL
                .matcher(matchers.group(1))
                .results()
                .forEach(label -> labels.add(label.group(1))));
        GROUPING.matcher(bare)
                .results()
                .forEach(group -> WORD.matcher(group.group(1)).results().forEach(label -> labels.add(label.group())));
        return labels;
    }

    /** Names of series and labels that no process of ours exposes. */
    Set<String> unknownTo(Map<String, TreeSet<String>> exposed) {
        TreeSet<String> unknown = new TreeSet<>(series());
        unknown.removeAll(exposed.keySet());
        TreeSet<String> labels = new TreeSet<>(labels());
        labels.removeAll(LABELS_OF_PROMETHEUS);
        series().stream()
                .map(name -> exposed.getOrDefault(name, new TreeSet<>()))
                .forEach(labels::removeAll);
        unknown.addAll(labels);
        return unknown;
    }
}
