package countinghouse.bench.batch;

import java.util.List;
import java.util.stream.Stream;

/** What Spark 3.5 needs of a JDK 17. */
public final class SparkJvm {
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.util.calendar");

    private SparkJvm() {}

    /** Options of its own and those that every JVM with Spark in it needs. */
    public static List<String> options(List<String> own) {
        return Stream.concat(own.stream(), OPENED.stream().map(name -> "--add-opens=java.base/%s=ALL-UNNAMED"
                        .formatted(name)))
                .toList();
    }
}
