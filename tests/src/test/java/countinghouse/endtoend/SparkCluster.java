package countinghouse.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import countinghouse.batch.command.BatchProcess;
import countinghouse.kit.http.Json;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.ChildProcess;
import countinghouse.local.child.Guardian;
import countinghouse.local.distribution.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A standalone Spark cluster on loopback, from the distribution's {@code lib/batch} alone. */
final class SparkCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_JOB = Duration.ofMinutes(5);
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=128m");
    private static final String SERVER_HEAP = "192m";
    /** Spark refuses a driver with less than 450 MB. */
    private static final String DRIVER_HEAP = "640m";

    private static final String MAIN_CLASS = "countinghouse.batch.BatchMain";

    private final Distribution distribution = Distribution.ofProcess();
    private final Path folder;
    private final Path configuration;
    private final String master;
    private final URL statusPage;
    private final List<ChildProcess> servers = new ArrayList<>();

    private SparkCluster(Path folder, Path configuration, int port, int pagePort) throws IOException {
        this.folder = folder;
        this.configuration = configuration;
        this.master = "spark://" + HOST + ":" + port;
        this.statusPage = new URL("http://" + HOST + ":" + pagePort + "/json/");
    }

    static SparkCluster start(Path folder, Path configuration) {
        try {
            Files.createDirectories(folder);
            int port = freePort();
            int pagePort = freePort();
            SparkCluster cluster = new SparkCluster(folder, configuration, port, pagePort);
            try {
                cluster.startServers(port, pagePort);
                return cluster;
            } catch (IOException | RuntimeException e) {
                cluster.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startServers(int port, int pagePort) throws IOException {
        // Executors are started from SPARK_HOME/jars.
        Files.createSymbolicLink(folder.resolve("jars"), distribution.libraries("batch"));
        serve("master", "org.apache.spark.deploy.master.Master", pagePort, "--port", Integer.toString(port));
        for (String worker : List.of("worker-1", "worker-2")) {
            String work = folder.resolve("work").resolve(worker).toString();
            serve(
                    worker,
                    "org.apache.spark.deploy.worker.Worker",
                    0,
                    "--cores",
                    "1",
                    "--memory",
                    "600m",
                    "--work-dir",
                    work,
                    master);
        }
    }

    /** What the master says: its workers that are alive, the applications that it has completed. */
    JsonNode status() {
        try {
            return Json.mapper().readTree(statusPage);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Executors that the workers have started so far. */
    long executorsStarted() {
        try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
            return files.filter(file -> file.endsWith("stderr")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a batch command in one process, successfully. */
    void runHere(String... arguments) {
        run("here", MAIN_CLASS, arguments);
    }

    /** Submits a batch command to the cluster with Spark's own tool; it succeeds. */
    void submit(String... arguments) {
        List<String> submission = new ArrayList<>(List.of(
                "--master",
                master,
                "--class",
                MAIN_CLASS,
                "--conf",
                "spark.driver.host=" + HOST,
                "--conf",
                "spark.driver.bindAddress=" + HOST,
                "--conf",
                "spark.executor.memory=500m",
                "--conf",
                "spark.cores.max=2",
                jar().toString()));
        submission.addAll(List.of(arguments));
        run("submit", "org.apache.spark.deploy.SparkSubmit", submission.toArray(String[]::new));
    }

    private void run(String name, String mainClass, String... arguments) {
        ChildProcess job = start(name, DRIVER_HEAP, mainClass, arguments);
        try {
            if (!job.endedWithin(LONGEST_JOB)) {
                throw new IllegalStateException(name + " is still running; see " + job.log());
            }
            int status = job.exit().join();
            if (status != 0) {
                throw new IllegalStateException(
                        "%s ended with %d:%n%s".formatted(name, status, Files.readString(job.log())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            job.kill();
        }
    }

    private void serve(String name, String mainClass, int pagePort, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", HOST, "--webui-port", Integer.toString(pagePort)));
        all.addAll(List.of(arguments));
        servers.add(start(name, SERVER_HEAP, mainClass, all.toArray(String[]::new)));
    }

    private ChildProcess start(String name, String heap, String mainClass, String... arguments) {
        List<String> options = new ArrayList<>(SMALL);
        options.add("-Xmx" + heap);
        List<String> mainAndArguments = new ArrayList<>(List.of(mainClass));
        mainAndArguments.addAll(List.of(arguments));
        return ChildProcess.start(
                name,
                new ChildCommand(
                        Guardian.jvm(
                                distribution,
                                BatchProcess.jvmOptions(options),
                                distribution.classPath("batch"),
                                mainAndArguments),
                        Map.of(
                                "SPARK_HOME",
                                folder.toString(),
                                "SPARK_SCALA_VERSION",
                                "2.12",
                                "SPARK_LOCAL_IP",
                                HOST,
                                "COUNTINGHOUSE_CONFIG",
                                configuration.toString()),
                        folder,
                        folder.resolve(name + ".log")));
    }

    private Path jar() {
        try (Stream<Path> jars = Files.list(distribution.libraries("batch"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("batch-layer-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** Processes that were started with something of a folder on their command line: servers, jobs, executors. */
    static List<ProcessHandle> processes(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }

    /** Ends every process, those too that outlived whoever started them. */
    @Override
    public void close() {
        servers.forEach(ChildProcess::kill);
        List<ProcessHandle> outlived = processes(folder);
        outlived.forEach(ProcessHandle::destroyForcibly);
        outlived.forEach(
                process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        try {
            Files.deleteIfExists(folder.resolve("jars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
