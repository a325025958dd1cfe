package countinghouse.deploy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The series that our processes expose: every meter that production code registers, registered again as the source says, and read from what
 * Prometheus would scrape.
 */
final class RegisteredMeters {
    private static final Pattern BUILDER =
            Pattern.compile("\\b(Counter|Gauge|Timer)\\s*\\.builder\\(([\\s\\S]{1,900}?)\\.register\\(");
    private static final Pattern COUNTER = Pattern.compile("\\bregistry\\s*\\.counter\\(([^;]*);");
    private static final Pattern OTHER_KIND = Pattern.compile(
            "\\b((?:DistributionSummary|LongTaskTimer|FunctionCounter|FunctionTimer|TimeGauge|MultiGauge)\\s*\\.builder|\\bregistry\\s*\\.(?:gauge|timer|summary))\\(");
    private static final Pattern BINDER =
            Pattern.compile("import (io\\.micrometer\\.core\\.instrument\\.binder\\.[\\w.]+);");
    private static final Pattern LITERAL = Pattern.compile("^\\s*\"([\\w.]+)\"");
    private static final Pattern TAG = Pattern.compile("\\.tag\\(\\s*\"(\\w+)\"");
    private static final Pattern TAG_OF_COUNTER = Pattern.compile("\"([\\w.]+)\"");
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{([^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private RegisteredMeters() {}

    /** Name of each series, with its labels but {@code le}. */
    static Map<String, TreeSet<String>> exposed() {
        RegisteredMeters meters = new RegisteredMeters();
        Repository.productionSources().stream().map(Repository::text).forEach(meters::registerAll);
        return meters.scraped();
    }

    private void registerAll(String source) {
        if (!source.contains("import io.micrometer.")) {
            return;
        }
        Matcher unknown = OTHER_KIND.matcher(source);
        if (unknown.find()) {
            throw new AssertionError("This test does not know meters of the kind " + unknown.group(1) + "; teach it");
        }
        BUILDER.matcher(source).results().forEach(found -> build(found.group(1), found.group(2)));
        COUNTER.matcher(source).results().forEach(found -> count(found.group(1)));
        BINDER.matcher(source).results().forEach(found -> bind(found.group(1)));
    }

    private void build(String kind, String chain) {
        List<Tag> tags = TAG.matcher(chain)
                .results()
                .map(tag -> Tag.of(tag.group(1), "x"))
                .toList();
        String name = nameIn(chain);
        switch (kind) {
            case "Counter" -> Counter.builder(name).tags(tags).register(registry);
            case "Gauge" -> Gauge.builder(name, () -> 1).tags(tags).register(registry);
            default -> {
                Timer.Builder timer = Timer.builder(name).tags(tags);
                if (chain.contains(".serviceLevelObjectives(")) {
                    timer.serviceLevelObjectives(Duration.ofMillis(1));
                }
                timer.register(registry);
            }
        }
    }

    private void count(String arguments) {
        List<Tag> tags = TAG_OF_COUNTER
                .matcher(arguments)
                .results()
                .skip(1)
                .map(tag -> Tag.of(tag.group(1), "x"))
                .toList();
        registry.counter(nameIn(arguments), tags);
    }

    private void bind(String binder) {
        try {
            MeterBinder bound =
                    (MeterBinder) Class.forName(binder).getDeclaredConstructor().newInstance();
            bound.bindTo(registry);
            if (bound instanceof JvmGcMetrics listening) {
                awaitACollection(listening);
            }
        } catch (Exception e) {
            throw new AssertionError("Cannot bind " + binder, e);
        }
    }

    /** Some series come with the first collection. Then no more is heard, or a later one could add others of another kind. */
    private void awaitACollection(JvmGcMetrics listening) {
        System.gc();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> registry.find("jvm.gc.pause").timer() != null);
        listening.close();
    }

    private static String nameIn(String arguments) {
        Matcher literal = LITERAL.matcher(arguments);
        if (!literal.find()) {
            throw new AssertionError("A meter's name must stand where it is registered, to be found: " + arguments);
        }
        return literal.group(1);
    }

    private Map<String, TreeSet<String>> scraped() {
        Map<String, TreeSet<String>> series = new TreeMap<>();
        SERIES.matcher(registry.scrape()).results().forEach(line -> {
            TreeSet<String> labels = series.computeIfAbsent(line.group(1), name -> new TreeSet<>());
            if (line.group(2) != null) {
                LABEL.matcher(line.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !label.equals("le"))
                        .forEach(labels::add);
            }
        });
        return series;
    }
}
