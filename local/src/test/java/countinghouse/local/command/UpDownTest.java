package countinghouse.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.command.ExitCode;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.ComponentStatus;
import countinghouse.local.status.PlatformStatus;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpDownTest {
    @TempDir
    private Path folder;

    @Test
    void shouldStayUpUntilItIsTakenDownAndKeepItsData() throws Exception {
        StateDirectory state = StateDirectory.at(folder.resolve("state"));
        assertThat(run("up", "--state", state.toString())).isZero();
        PlatformStatus up = PlatformStatus.of(state);
        List<ProcessHandle> processes = processes(up);
        try {
            assertThat(up.state()).isEqualTo(PlatformStatus.RUNNING);
            assertThat(ready(up.api())).isEqualTo(200);
            assertThat(run("up", "--json", "--state", state.toString()))
                    .as("up where it is up already")
                    .isZero();
            assertThat(run("up", "--with", "trino", "--state", state.toString()))
                    .as("a part that only another start can add")
                    .isEqualTo(ExitCode.BAD_INPUT.status());
        } finally {
            assertThat(run("down", "--state", state.toString())).isZero();
        }
        awaitNone(processes);
        assertThat(PlatformStatus.of(state).state()).isEqualTo(PlatformStatus.STOPPED);
    }

    @Test
    void shouldLeaveNothingWhenInterruptedWhileItStarts() throws Exception {
        StateDirectory state = StateDirectory.at(folder.resolve("state"));
        Process up = countinghouse("up", "--state", state.toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        Files.exists(state.log("kafka")) && up.descendants().count() > 3);
        List<ProcessHandle> processes = up.descendants().toList();

        up.destroy();

        assertThat(up.waitFor()).isNotZero();
        awaitNone(processes);
    }

    /** An ended process counts as alive until its parent, or the system's first process, has taken note. */
    private static void awaitNone(List<ProcessHandle> processes) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        processes.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::info))
                .isEmpty());
    }

    private static int run(String... arguments) {
        return CommandOutcome.countinghouse(arguments).status();
    }

    private Process countinghouse(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("countinghouse.home"), "bin", "countinghouse")
                .toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("output-" + arguments[0] + ".log").toFile());
        // The wrong one must not be taken.
        builder.environment().put("JAVA_HOME", "/nonexistent");
        builder.environment().put("LANG", UTF_8.name());
        return builder.start();
    }

    private static List<ProcessHandle> processes(PlatformStatus status) {
        List<ProcessHandle> processes = new ArrayList<>(List.of(status.owner().orElseThrow()));
        for (ComponentStatus component : status.components()) {
            ProcessHandle.of(component.pid()).ifPresent(process -> {
                processes.add(process);
                processes.addAll(process.descendants().toList());
            });
        }
        return processes;
    }

    private static int ready(String api) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
