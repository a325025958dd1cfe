package countinghouse.local.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.local.distribution.Distribution;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardianTest {
    @TempDir
    private Path folder;

    @Test
    void shouldEndEveryChildWhenTheOwnerIsKilled() throws Exception {
        Process owner = new ProcessBuilder(
                        Distribution.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dcountinghouse.home=" + System.getProperty("countinghouse.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerOfTwo.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = owner.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("started");
            Awaitility.await().until(() -> owner.descendants().count() >= 4);
            List<ProcessHandle> children = owner.descendants().toList();

            owner.destroyForcibly().waitFor();

            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            children.stream().filter(ProcessHandle::isAlive))
                    .isEmpty());
        }
    }

    @Test
    void shouldEndAProgramThatIgnoresBeingAskedWhenTheGraceIsOver() {
        ChildProcess stubborn = start("TERM", "sh", "-c", "trap '' TERM; while :; do sleep 1; done");
        List<ProcessHandle> all = processes(stubborn);

        stubborn.stop(Duration.ofMillis(500));

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        all.stream().filter(ProcessHandle::isAlive))
                .isEmpty());
    }

    @Test
    void shouldReportTheExitOfAProgram() {
        ChildProcess failing = start("TERM", "sh", "-c", "echo 'cannot do it' >&2; exit 7");

        assertThat(failing.exit().join()).isEqualTo(7);
        assertThat(LogTail.cause(failing.log())).hasValue("cannot do it");
    }

    @Test
    void shouldStopAProgramGracefully() {
        ChildProcess polite = start("TERM", "sh", "-c", "trap 'echo bye; exit 0' TERM; while :; do sleep 0.1; done");
        Awaitility.await().until(() -> processes(polite).size() >= 4);

        polite.stop(Duration.ofSeconds(10));

        assertThat(polite.isAlive()).isFalse();
        assertThat(LogTail.cause(polite.log())).hasValue("bye");
    }

    private ChildProcess start(String signal, String... program) {
        ChildCommand command = new ChildCommand(
                Guardian.program(signal, List.of(program)), Map.of(), folder, folder.resolve("program.log"));
        return ChildProcess.start("program", command);
    }

    private static List<ProcessHandle> processes(ChildProcess child) {
        ProcessHandle guardian = ProcessHandle.of(child.pid()).orElseThrow();
        return Stream.concat(Stream.of(guardian), guardian.descendants()).toList();
    }
}
