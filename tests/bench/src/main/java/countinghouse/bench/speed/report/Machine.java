package countinghouse.bench.speed.report;

import countinghouse.local.distribution.Distribution;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** Where a run took place. */
public record Machine(
        String processor,
        int cores,
        String memory,
        String system,
        String java,
        double loadAverage,
        Map<String, String> versions) {
    /** The machine as it is now; the load average, over the last minute, tells whether anybody else was using it. */
    public static Machine now(String redisVersion) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("kafka", AppInfoParser.getVersion());
        versions.put("redis", redisVersion);
        versions.put("flink", flinkVersion());
        return new Machine(
                line("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                line("/proc/meminfo", "MemTotal"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                versions);
    }

    private static String line(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String flinkVersion() {
        Path libraries = Distribution.ofProcess().libraries("bench-flink");
        try (Stream<Path> files = Files.list(libraries)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("flink-runtime-"))
                    .map(name -> name.substring("flink-runtime-".length(), name.length() - ".jar".length()))
                    .findFirst()
                    .orElse("none");
        } catch (IOException e) {
            return "none";
        }
    }
}
