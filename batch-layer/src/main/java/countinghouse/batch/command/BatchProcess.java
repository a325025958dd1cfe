package countinghouse.batch.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the batch process is started: a JVM of its own, since Spark's libraries agree with nobody else's. */
public final class BatchProcess {
    private static final String MAIN_CLASS = "countinghouse.batch.BatchMain";
    private static final String LIBRARIES = "batch";

    /**
     * Right for jobs of seconds and wrong for long ones, so whoever starts the process decides. With C1 alone the JVM reserves only
     * 48 MiB for code, and Spark fills that.
     */
    private static final List<String> SHORT_JOB_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=192m");

    /** What Spark 3.5 needs of a JDK 17 (Spark's own launcher passes the same list). */
    private static final List<String> SPARK_FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
            "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
            "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
            "-Djdk.reflect.useDirectMethodHandle=false");

    private BatchProcess() {}

    /**
     * The command line of the batch process.
     *
     * @param lib the distribution's {@code lib} folder
     * @param javaOptions further options of the JVM, which win over the defaults
     * @param arguments of {@code batch}
     */
    public static List<String> command(Path lib, List<String> javaOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.addAll(jvmOptions(javaOptions));
        command.add("-cp");
        command.add(lib.resolve(LIBRARIES).resolve("*").toString());
        command.add(MAIN_CLASS);
        command.addAll(arguments);
        return command;
    }

    /** Options of a JVM with Spark in it: what Spark needs, then the caller's own. */
    public static List<String> jvmOptions(List<String> own) {
        List<String> options = new ArrayList<>(SPARK_FLAGS);
        options.addAll(own);
        return options;
    }

    /** Options for jobs of seconds: quick to start, not the fastest later. */
    public static List<String> shortJobOptions() {
        return SHORT_JOB_FLAGS;
    }
}
