package countinghouse.kit.process;

import countinghouse.kit.access.Access;
import countinghouse.kit.access.AnonymousLimit;
import countinghouse.kit.access.RevokedTokens;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.access.key.StoredKeys;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.kit.contract.Contract;
import countinghouse.kit.health.Health;
import countinghouse.kit.http.HttpConfig;
import countinghouse.kit.http.HttpService;
import countinghouse.kit.tracing.Tracing;
import countinghouse.kit.tracing.TracingConfig;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process with some roles behind one HTTP port. Whatever was started is closed again in reverse order: first it is not ready, then it
 * accepts nothing and answers what is under way, and only then what answers depend on is closed.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final int port;

    private ServiceProcess(Settings settings, Collection<ProcessRole> roles) {
        try {
            Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(HttpService.EVENT_LOOPS));
            started.push(() -> vertx.close().await());
            JvmGcMetrics collector = new JvmGcMetrics();
            started.push(collector);
            PrometheusMeterRegistry metrics = metrics(collector);
            Tracing tracing = Tracing.open(
                    TracingConfig.from(settings),
                    roles.stream().map(ProcessRole::name).collect(Collectors.joining("-")));
            started.push(tracing);
            Health health = new Health();
            boolean hasCallers = roles.stream().anyMatch(ProcessRole::hasCallers);
            RevokedTokens revoked = hasCallers ? RevokedTokens.open(settings) : RevokedTokens.inMemory();
            started.push(revoked);
            Tokens tokens = new Tokens(vertx, TokenConfig.from(settings), revoked);
            health.register("token-keys", tokens::complaint);
            health.register("revoked-tokens", revoked::complaint);
            HttpConfig config = HttpConfig.from(settings);
            Contract contract = Contract.assemble(
                    roles.stream().flatMap(role -> role.contract().stream()).toList());
            HttpService http = new HttpService(vertx, config, contract, metrics, tracing, health);
            Optional<StoredKeys> keys = hasCallers ? StoredKeys.open(settings) : Optional.empty();
            keys.ifPresent(started::push);
            Access access = new Access(tokens, keys.map(StoredKeys::keys), AnonymousLimit.from(settings));
            ProcessContext context =
                    new ProcessContext(settings, vertx, http.router(), access, tokens, metrics, tracing, health);
            for (ProcessRole role : roles) {
                started.push(role.start(context));
                LOG.info("Role {} started", role.name());
            }
            revoked.awaitFirstReading();
            started.push(http);
            port = http.listen();
            started.push(() -> stopBeingReady(health, config.stopDelay()));
            LOG.info("Listening on port {}", port);
        } catch (RuntimeException e) {
            close();
            throw e instanceof ConfigurationException || e instanceof CommandFailure
                    ? e
                    : new CommandFailure(ExitCode.TEMPORARY, "Cannot start: %s".formatted(e.getMessage()), e);
        }
    }

    /** Starts the roles; returns when the port is open. */
    public static ServiceProcess start(Settings settings, Collection<ProcessRole> roles) {
        return new ServiceProcess(settings, roles);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("Could not close a part of the process; the others are closed all the same", e);
            }
        }
    }

    private static void stopBeingReady(Health health, Duration delay) throws InterruptedException {
        health.stop();
        Thread.sleep(delay.toMillis());
    }

    private static PrometheusMeterRegistry metrics(JvmGcMetrics collector) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        collector.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        return registry;
    }
}
