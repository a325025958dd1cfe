package countinghouse.bench.speed.stage;

import countinghouse.bench.speed.peer.RedisConnection;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.local.Fleet;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.Guardian;
import countinghouse.local.component.Component;
import countinghouse.local.component.KafkaBroker;
import countinghouse.local.component.RedisServer;
import countinghouse.local.component.RunningComponent;
import countinghouse.local.component.SchemaRegistryServer;
import countinghouse.local.component.Workplace;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.setup.KafkaTopics;
import countinghouse.local.setup.PlatformSettings;
import countinghouse.local.setup.RegisteredSchemas;
import countinghouse.local.state.PrivateFile;
import countinghouse.local.state.StateDirectory;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.RegistryException;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** The servers that every contestant works with: one broker, one registry and one Redis, each a child process. */
public final class Stage implements AutoCloseable {
    public static final int PARTITIONS = PlatformSettings.PARTITIONS;
    /** Every contestant's JVM. */
    public static final List<String> CONTESTANT_JVM = List.of("-XX:+UseParallelGC", "-Xms1g", "-Xmx4g");
    /** The broker's JVM. */
    public static final List<String> BROKER_JVM = List.of("-XX:+UseParallelGC", "-Xms512m", "-Xmx512m");

    /** The door's JVM. */
    private static final List<String> DOOR_JVM = List.of("-XX:+UseParallelGC", "-Xms512m", "-Xmx512m");

    private static final Duration BUCKET_WIDTH = Duration.ofHours(1);
    private static final String SERVICE = "speed";
    private static final int REGISTRATIONS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    private final StateDirectory state;
    private final Workplace workplace;
    private final KafkaBroker kafka;
    private final SchemaRegistryServer registry;
    private final RedisServer redis;
    private final Fleet fleet = new Fleet();

    private Stage(Path folder) {
        state = StateDirectory.at(folder).prepare();
        workplace = Workplace.at(state, Distribution.ofProcess());
        kafka = new KafkaBroker(workplace);
        registry = new SchemaRegistryServer(workplace);
        redis = new RedisServer(workplace);
    }

    /**
     * Starts the servers in an empty folder and makes the topics of the platform's catalogue.
     *
     * @throws CommandFailure if one does not start; then none is left running
     */
    public static Stage start(Path folder, Consumer<String> progress) {
        Stage stage = new Stage(folder);
        try {
            stage.fleet.startTogether(
                    progress,
                    new Fleet.Part(
                            new LongRunning(stage.kafka, BROKER_JVM),
                            () -> KafkaTopics.create(stage.bootstrapServers(), catalogue())),
                    new Fleet.Part(stage.redis, () -> {}),
                    new Fleet.Part(stage.registry, stage::registerSchemas));
            stage.writeSettings();
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    /** On a machine that is busy starting everything the first answers of the registry may take longer than its client waits. */
    private void registerSchemas() {
        for (int attempt = 1; attempt < REGISTRATIONS; attempt++) {
            try {
                RegisteredSchemas.register(registryUrl());
                return;
            } catch (RegistryException | CommandFailure e) {
                LOG.warn("The registry did not take the schemas at attempt {}: {}", attempt, e.getMessage());
            }
        }
        RegisteredSchemas.register(registryUrl());
    }

    static List<Topics.Topic> catalogue() {
        return Topics.catalogue(PARTITIONS, (short) 1, 1);
    }

    private void writeSettings() {
        PlatformSettings settings = new PlatformSettings(BUCKET_WIDTH, workplace.secrets())
                .with(kafka)
                .with(registry)
                .with(redis);
        PrivateFile.writeProperties(state.configuration(), settings.values());
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public URI registryUrl() {
        return registry.url();
    }

    public URI redisUrl() {
        return redis.url();
    }

    public String redisVersion() {
        try (Jedis connection = RedisConnection.open(redisUrl())) {
            return connection
                    .info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** An empty folder of a contestant's own. */
    public Path folder(String name) {
        return state.folder(name);
    }

    /**
     * The real process of the speed layer and the projector, not yet started.
     *
     * @param settings by environment variable, over those of the local profile
     * @param jvmOptions besides {@link #CONTESTANT_JVM}
     */
    public RunningComponent speedLayer(Map<String, String> settings, List<String> jvmOptions) {
        List<String> options = new ArrayList<>(CONTESTANT_JVM);
        options.addAll(jvmOptions);
        return new RunningComponent(
                BenchService.component(workplace, SERVICE, "speed,projector", "1g", settings, options));
    }

    /**
     * The real process of the door, started and serving.
     *
     * @param jvmOptions besides those of a server
     */
    public Door door(List<String> jvmOptions) {
        List<String> options = new ArrayList<>(DOOR_JVM);
        options.addAll(jvmOptions);
        RunningComponent process =
                new RunningComponent(BenchService.component(workplace, "door", "ingest", "512m", Map.of(), options));
        process.start();
        Principal producer = new Principal("bench", Set.of(AccessRole.PRODUCER), Set.of());
        TokenConfig tokens = TokenConfig.from(Settings.ofFile(state.configuration()));
        return new Door(
                process,
                BenchService.url(process.component()),
                Tokens.issueOnce(tokens, producer, Duration.ofHours(1)));
    }

    /** The command of one of the tools that Kafka ships. */
    public ChildCommand kafkaTool(String name, List<String> mainAndArguments) {
        String classPath = String.join(
                File.pathSeparator,
                workplace.distribution().classPath("bench"),
                workplace.distribution().classPath("kafka"));
        return new ChildCommand(
                Guardian.jvm(workplace.distribution(), CONTESTANT_JVM, classPath, mainAndArguments),
                Map.of(),
                state.root(),
                state.log(name));
    }

    /** The command of a peer's process on one of the distribution's class paths. */
    public ChildCommand peer(String name, String classPath, List<String> jvmOptions, List<String> mainAndArguments) {
        List<String> options = new ArrayList<>(CONTESTANT_JVM);
        options.addAll(jvmOptions);
        return new ChildCommand(
                Guardian.jvm(
                        workplace.distribution(),
                        options,
                        workplace.distribution().classPath(classPath),
                        mainAndArguments),
                Map.of(),
                state.root(),
                state.log(name));
    }

    /** Processor time used so far by a contestant and by the servers that work for it. */
    public CpuSeconds cpu(long contestantPid) {
        return new CpuSeconds(ProcessCpu.seconds(contestantPid), cpu(kafka), cpu(redis));
    }

    private double cpu(Component component) {
        return ProcessCpu.seconds(fleet.get(component.name())
                .pid()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.TEMPORARY, "%s ended while it was measured".formatted(component.name()))));
    }

    @Override
    public void close() {
        fleet.close();
    }

    /**
     * A door that serves.
     *
     * @param token of a producer
     */
    public record Door(RunningComponent process, URI url, String token) implements AutoCloseable {
        public long pid() {
            return process.pid()
                    .orElseThrow(() -> new CommandFailure(ExitCode.TEMPORARY, "The door ended while it was measured"));
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
