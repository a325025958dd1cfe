package countinghouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.app.process.ServeCommand;
import countinghouse.billing.verify.EvidenceProvider;
import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.process.ProcessRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandTest {
    @Test
    void shouldFindTheRolesOfEveryLayer() {
        assertThat(ServiceLoader.load(ProcessRole.class))
                .extracting(ProcessRole::name)
                .containsExactlyInAnyOrder("ingest", "canary", "api", "billing", "speed", "projector");
    }

    @Test
    void shouldLetBillingReadRawEvents() {
        assertThat(ServiceLoader.load(EvidenceProvider.class)).hasSize(1);
    }

    @Test
    void shouldListTheCommandsOfEveryModule() {
        assertThat(Main.subcommands())
                .extracting(command -> CommandLine.Model.CommandSpec.forAnnotatedObject(command)
                        .name())
                .contains("serve", "send", "import", "batch", "generations", "rollback", "bill", "invoices", "audit");
    }

    @Test
    void shouldDescribeEveryCommandOfItsOwn() {
        for (Subcommand command : Main.subcommands()) {
            StringWriter usage = new StringWriter();
            new CommandLine(command).usage(new PrintWriter(usage));
            assertThat(usage.toString())
                    .as(command.getClass().getName())
                    .contains("Usage:")
                    .hasSizeGreaterThan(60);
        }
    }

    @Test
    void shouldHelpWhoeverSaysNothing() {
        assertThat(Main.run()).isZero();
        assertThat(Main.run("no-such-command")).isEqualTo(2);
    }

    @Test
    void shouldRefuseARoleThatDoesNotExist() {
        CommandRunner runner = new CommandRunner(new Main(), List.of(new ServeCommand()));
        assertThat(runner.run("serve", "--roles", "ingest,cooking")).isEqualTo(2);
    }

    @Test
    void shouldRefuseToServeARoleWhoseSettingsAreMissing() {
        CommandRunner runner = new CommandRunner(new Main(), List.of(new ServeCommand()));
        assertThat(runner.run("serve", "--roles", "ingest")).isEqualTo(2);
    }

    @Test
    void shouldServeUntilItIsStopped() throws InterruptedException {
        CommandRunner runner = new CommandRunner(new Main(), List.of(new ServeCommand()));
        AtomicInteger status = new AtomicInteger(-1);
        Thread serving = new Thread(() -> status.set(runner.run("serve", "--roles", "api")));
        serving.start();
        Awaitility.await().until(() -> isServing(serving));
        serving.interrupt();
        serving.join();
        assertThat(status).hasValue(0);
    }

    /** Before it waits to be stopped it waits for other things, and must not be interrupted at those. */
    private static boolean isServing(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitShutdown"));
    }
}
