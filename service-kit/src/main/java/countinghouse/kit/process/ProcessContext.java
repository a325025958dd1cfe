package countinghouse.kit.process;

import countinghouse.kit.access.Access;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.health.Health;
import countinghouse.kit.tracing.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** What the roles of one process share. */
public record ProcessContext(
        Settings settings,
        Vertx vertx,
        Router router,
        Access access,
        Tokens tokens,
        PrometheusMeterRegistry metrics,
        Tracing tracing,
        Health health) {}
