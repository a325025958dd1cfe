package countinghouse.deploy;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The environment variables that our code and its launcher read. */
final class KnownSettings {
    private static final Pattern KEY = Pattern.compile("\"([a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)+)\"");
    private static final Pattern VARIABLE = Pattern.compile("\\b(COUNTINGHOUSE_[A-Z_]+)\\b");

    private KnownSettings() {}

    /** A setting's name is written out in the code; {@code kafka.bootstrap-servers} is {@code COUNTINGHOUSE_KAFKA_BOOTSTRAP_SERVERS}. */
    static Set<String> variables() {
        Set<String> known = new TreeSet<>();
        for (var source : Repository.productionSources()) {
            String text = Repository.text(source);
            KEY.matcher(text)
                    .results()
                    .forEach(key -> known.add("COUNTINGHOUSE_"
                            + key.group(1)
                                    .toUpperCase(Locale.ROOT)
                                    .replace('.', '_')
                                    .replace('-', '_')));
            VARIABLE.matcher(text).results().forEach(variable -> known.add(variable.group(1)));
        }
        VARIABLE.matcher(Repository.text(Repository.ROOT.resolve("local/src/main/distribution/bin/countinghouse")))
                .results()
                .forEach(variable -> known.add(variable.group(1)));
        return known;
    }
}
