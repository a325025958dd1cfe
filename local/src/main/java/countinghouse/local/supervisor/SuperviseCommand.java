package countinghouse.local.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Owns the platform that {@code up} leaves running. Its starter follows its standard output and keeps its standard input open. */
@Command(name = SuperviseCommand.NAME, hidden = true, description = "Own a platform in the background (used by 'up').")
public final class SuperviseCommand implements Subcommand {
    static final String NAME = "supervise";
    static final String READY = "ready";
    static final String FAILED = "failed";
    static final String DETACH = "detach";

    @Option(names = "--state", required = true)
    private Path state;

    @Option(names = "--port")
    private Integer port;

    @Option(names = "--with")
    private Set<Extra> extras = EnumSet.noneOf(Extra.class);

    @Override
    public void run() {
        PrintStream starter = new PrintStream(System.out, true, UTF_8);
        CountDownLatch detached = new CountDownLatch(1);
        Thread watch = new Thread(() -> endWithStarter(detached), "starter-watch");
        watch.setDaemon(true);
        watch.start();
        PlatformOptions options = PlatformOptions.at(state).onProgress(starter::println);
        try {
            options = port == null ? options : options.withApiPort(port);
            Platform platform = Platform.start(extras.contains(Extra.TRINO) ? options.withTrino() : options);
            starter.println(READY);
            detached.await();
            awaitSignal(platform);
        } catch (CommandFailure e) {
            starter.println(FAILED + " " + e.exitCode() + " " + e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A signal ends the JVM, whose shutdown hook closes the platform. */
    private static void awaitSignal(Platform platform) throws InterruptedException {
        new CountDownLatch(1).await();
        platform.close();
    }

    private static void endWithStarter(CountDownLatch detached) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            if (DETACH.equals(lines.readLine())) {
                detached.countDown();
                return;
            }
        } catch (IOException e) {
            // Nobody is at the other end.
        }
        System.exit(0);
    }
}
