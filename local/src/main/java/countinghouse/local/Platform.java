package countinghouse.local;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.local.component.HdfsServer;
import countinghouse.local.component.KafkaBroker;
import countinghouse.local.component.PostgresServer;
import countinghouse.local.component.RedisServer;
import countinghouse.local.component.RunningComponent;
import countinghouse.local.component.SchemaRegistryServer;
import countinghouse.local.component.ServiceServer;
import countinghouse.local.component.TrinoServer;
import countinghouse.local.component.TrinoSources;
import countinghouse.local.component.Workplace;
import countinghouse.local.setup.DatabaseRole;
import countinghouse.local.setup.KafkaTopics;
import countinghouse.local.setup.PlatformDatabase;
import countinghouse.local.setup.PlatformSettings;
import countinghouse.local.setup.RegisteredSchemas;
import countinghouse.local.state.PrivateFile;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.state.StateLock;
import countinghouse.local.status.PlatformStatus;
import countinghouse.local.token.LocalTokens;
import countinghouse.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole platform on this machine: real Kafka, schema registry, Redis, PostgreSQL and HDFS, and the Countinghouse processes, each
 * a child process on a free loopback port. All of them end when this is closed, and also when this process dies, however it dies.
 */
public final class Platform implements AutoCloseable {
    public static final String KAFKA = "kafka";
    public static final String REGISTRY = "registry";
    public static final String REDIS = "redis";
    public static final String POSTGRES = "postgres";
    public static final String HDFS = "hdfs";
    public static final String API = "api";
    public static final String SPEED = "speed";
    public static final String PROJECTOR = "projector";
    public static final String TRINO = TrinoServer.NAME;

    private static final Duration TOKEN_VALIDITY = Duration.ofHours(12);

    private final PlatformOptions options;
    private final Workplace workplace;
    private final StateLock lock;
    private final Fleet fleet = new Fleet();
    private final KafkaBroker kafka;
    private final SchemaRegistryServer registry;
    private final RedisServer redis;
    private final PostgresServer postgres;
    private final HdfsServer hdfs;
    private final ServiceServer api;
    private final ServiceServer speed;
    private final ServiceServer projector;
    private final TrinoServer trino;
    private final Thread shutdownHook = new Thread(this::closeQuietly, "platform-shutdown");

    private Platform(PlatformOptions options, StateLock lock) {
        this.options = options;
        this.lock = lock;
        this.workplace = Workplace.at(options.state(), options.distribution());
        int apiPort = options.apiPort().isPresent()
                ? workplace.ports().requested(API, options.apiPort().getAsInt())
                : workplace.ports().flexible(API);
        this.kafka = new KafkaBroker(workplace);
        this.registry = new SchemaRegistryServer(workplace);
        this.redis = new RedisServer(workplace);
        this.postgres = new PostgresServer(workplace);
        this.hdfs = new HdfsServer(workplace);
        this.api = new ServiceServer(workplace, API, "ingest,api,billing", "384m", apiPort);
        this.speed = new ServiceServer(
                workplace,
                SPEED,
                options.parts().contains(PROJECTOR) ? SPEED : SPEED + "," + PROJECTOR,
                "768m",
                workplace.ports().flexible(SPEED));
        this.projector = new ServiceServer(
                workplace, PROJECTOR, PROJECTOR, "256m", workplace.ports().flexible(PROJECTOR));
        this.trino = new TrinoServer(
                workplace,
                new TrinoSources(
                        databaseUrl(),
                        DatabaseRole.ANALYST.user(),
                        databasePassword(DatabaseRole.ANALYST),
                        hdfs.uri() + PlatformSettings.WAREHOUSE_PATH));
    }

    /**
     * Starts everything and returns when all of it serves.
     *
     * @throws CommandFailure if any part cannot start; then nothing is left running
     */
    public static Platform start(PlatformOptions options) {
        StateDirectory state = options.state().prepare();
        StateLock lock = StateLock.take(state);
        Platform platform;
        try {
            platform = new Platform(options, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            Runtime.getRuntime().addShutdownHook(platform.shutdownHook);
            platform.startAll();
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private void startAll() {
        if (options.parts().contains(TRINO)) {
            trino.requireInstalled();
        }
        writeSettings();
        Consumer<String> progress = options.progress();
        fleet.startTogether(
                progress,
                wanted(
                        new Fleet.Part(
                                kafka,
                                () -> KafkaTopics.create(
                                        kafka.bootstrapServers(),
                                        Topics.catalogue(PlatformSettings.PARTITIONS, (short) 1, 1))),
                        new Fleet.Part(hdfs, () -> hdfs.makeFolder(PlatformSettings.WAREHOUSE_PATH)),
                        new Fleet.Part(postgres, () -> new PlatformDatabase(postgres, workplace.secrets()).migrate()),
                        new Fleet.Part(registry, () -> RegisteredSchemas.register(registry.url())),
                        new Fleet.Part(redis, () -> {})));
        fleet.startTogether(
                progress,
                wanted(
                        new Fleet.Part(api, () -> {}),
                        new Fleet.Part(speed, () -> {}),
                        new Fleet.Part(projector, () -> {}),
                        new Fleet.Part(trino, () -> {})));
        writeStatus();
        fleet.onEnd(this::writeStatus);
    }

    private Fleet.Part[] wanted(Fleet.Part... parts) {
        return Stream.of(parts)
                .filter(part -> options.parts().contains(part.component().name()))
                .toArray(Fleet.Part[]::new);
    }

    private void writeSettings() {
        PlatformSettings values = new PlatformSettings(options.bucketWidth(), workplace.secrets())
                .with(kafka)
                .with(registry)
                .with(redis)
                .with(hdfs)
                .with(postgres, workplace.secrets())
                .withApi(api.url())
                .withSpeedDirectory(options.state().folder("speed"));
        if (options.parts().contains(TRINO)) {
            values = values.with(trino);
        }
        PrivateFile.writeProperties(options.state().configuration(), values.values());
    }

    /** Base URL of the public API. */
    public URI api() {
        return api.url();
    }

    /** Base URL of the speed layer's own process: health and metrics. */
    public URI speed() {
        return speed.url();
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    public SchemaRegistryServer registry() {
        return registry;
    }

    public RedisServer redis() {
        return redis;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public HdfsServer hdfs() {
        return hdfs;
    }

    /** JDBC URL of the platform's database. */
    public String databaseUrl() {
        return postgres.url(PlatformDatabase.NAME);
    }

    public String databasePassword(DatabaseRole role) {
        return workplace.secrets().secret(role.secretName());
    }

    /** The settings that every process of this platform reads. */
    public Settings settings() {
        return Settings.ofFile(configuration());
    }

    /** The properties file that {@code COUNTINGHOUSE_CONFIG} names. */
    public Path configuration() {
        return options.state().configuration();
    }

    /** What a process of this platform needs in its environment. */
    public Map<String, String> environment() {
        return Map.of(Settings.CONFIG_FILE_VARIABLE, configuration().toString());
    }

    public StateDirectory state() {
        return options.state();
    }

    /** A token for the public API, valid for half a day. */
    public String token(Set<AccessRole> roles, Set<String> accounts) {
        return new LocalTokens(settings()).issue("local", roles, accounts, TOKEN_VALIDITY);
    }

    /** What runs now. */
    public PlatformStatus status() {
        var self = ProcessHandle.current();
        var components = fleet.status();
        boolean complete = components.stream().allMatch(component -> component.pid() != null);
        return new PlatformStatus(
                complete ? PlatformStatus.RUNNING : PlatformStatus.DEGRADED,
                options.parts().contains(API) ? api().toString() : null,
                self.pid(),
                self.info().startInstant().orElse(null),
                configuration().toString(),
                options.state().logs().toString(),
                components);
    }

    /** Kills a component as a power cut would: {@code kafka}, {@code registry}, {@code redis}, {@code postgres}, {@code hdfs}, {@code api}, {@code speed}, {@code projector}, {@code trino}. */
    public void kill(String component) {
        fleet.get(component).kill();
    }

    /** Starts a component that was killed or died, on its old port and data; returns when it serves. */
    public void restart(String component) {
        RunningComponent running = fleet.get(component);
        running.kill();
        running.start();
        writeStatus();
    }

    private synchronized void writeStatus() {
        if (!fleet.isClosed()) {
            status().write(options.state());
        }
    }

    @Override
    public void close() {
        closeQuietly();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook is what closes us.
        }
    }

    private synchronized void closeQuietly() {
        fleet.close();
        PlatformStatus.clear(options.state());
        lock.close();
    }

    /** The failure of something that another thread's shutdown interrupted. */
    static CommandFailure interrupted(Throwable cause) {
        return new CommandFailure(
                ExitCode.TEMPORARY, "Interrupted; everything that had been started is stopped", cause);
    }
}
