package countinghouse.local.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
    private final Distribution distribution = Distribution.ofProcess();

    @TempDir
    private Path folder;

    @Test
    void shouldKeepTheClassPathsApart() throws IOException {
        assertThat(jars("app")).noneMatch(jar -> jar.startsWith("spark-") || jar.startsWith("scala-"));
        assertThat(jars("batch"))
                .noneMatch(jar -> jar.startsWith("vertx-") || jar.startsWith("log4j-slf4j2-impl"))
                .anyMatch(jar -> jar.startsWith("spark-sql_2.12"))
                .anyMatch(jar -> jar.startsWith("log4j-core"))
                .filteredOn(jar -> jar.startsWith("netty-"))
                .allMatch(jar -> jar.contains("-4.1."));
    }

    @ParameterizedTest
    @CsvSource({"app", "batch", "kafka", "hdfs"})
    void shouldGiveEachProcessOneLogger(String process) throws IOException {
        assertThat(jars(process))
                .contains("slf4j-api-2.0.17.jar")
                .filteredOn(jar -> jar.startsWith("logback-classic") || jar.startsWith("slf4j-"))
                .hasSize(2);
    }

    @Test
    void shouldHavePrograms() throws IOException, InterruptedException {
        for (String program : List.of("countinghouse", "health", "spark")) {
            assertThat(distribution.root().resolve("bin").resolve(program)).isExecutable();
        }
        Process worker = new ProcessBuilder(
                        distribution.root().resolve("bin/spark").toString(), "worker", "--help")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Usage: Worker");
        assertThat(worker.waitFor()).isZero();
    }

    @Test
    void shouldUnpackTheProgramsOnce() {
        NativePrograms programs = new NativePrograms(distribution, folder);
        assertThat(programs.redisServer()).isExecutable();
        assertThat(programs.postgres().resolve("bin/postgres")).isExecutable();
        assertThat(programs.redisServer()).isEqualTo(programs.redisServer());
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,   amd64,   postgres-linux-x86_64.txz,  redis-server-6.2.6-v5-linux-amd64",
        "Linux,   aarch64, postgres-linux-arm_64.txz,  redis-server-6.2.7-linux-arm64",
        "Mac OS X,x86_64,  postgres-darwin-x86_64.txz, redis-server-6.2.6-v5-darwin-amd64",
        "Mac OS X,aarch64, postgres-darwin-arm_64.txz, redis-server-6.2.6-v5-darwin-arm64"
    })
    void shouldCarryThePrograms(String system, String processor, String postgres, String redis) {
        Machine machine = Machine.of(system, processor);
        assertThat(machine.postgresResource()).isEqualTo(postgres);
        assertThat(machine.redisResource()).isEqualTo(redis);
        assertThat(getClass().getClassLoader().getResource(postgres)).isNotNull();
        assertThat(getClass().getClassLoader().getResource(redis)).isNotNull();
    }

    @Test
    void shouldRefuseAnUnknownMachine() {
        assertThatThrownBy(() -> Machine.of("Windows 11", "amd64"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Linux or macOS");
    }

    private List<String> jars(String process) throws IOException {
        try (Stream<Path> files = Files.list(distribution.libraries(process))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
