package countinghouse.serving;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.serving.access.KeyRoutes;
import countinghouse.serving.access.LocalLogin;
import countinghouse.serving.access.Logout;
import countinghouse.serving.dashboard.DashboardRoutes;
import countinghouse.serving.live.ChangeHints;
import countinghouse.serving.live.LiveRoutes;
import countinghouse.serving.live.StreamLimit;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.publication.PublicationMetrics;
import countinghouse.serving.query.CountsExecutor;
import countinghouse.serving.query.LiveViewRoutes;
import countinghouse.serving.query.MeterRoutes;
import countinghouse.serving.query.PublicationRoutes;
import countinghouse.serving.query.TopRoutes;
import countinghouse.serving.query.VideoRoutes;
import countinghouse.serving.tier.AccountTiers;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The role {@code api}: queries, live stream and dashboard. */
public final class ApiRole implements ProcessRole {
    @Override
    public String name() {
        return "api";
    }

    @Override
    public Optional<URL> contract() {
        return Optional.of(ApiRole.class.getResource("/openapi/serving.yaml"));
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        MergedCounts counts = new MergedCounts(
                context.settings(),
                ConfigurationFolder.parse(context.settings(), CountingSchedule::of),
                context.metrics(),
                EventLoops.of(context.vertx()));
        CountsExecutor executor = new CountsExecutor(context.vertx());
        Handler<RoutingContext> readers = context.access()
                .require(
                        AccessRole.ADMIN,
                        AccessRole.BILLING,
                        AccessRole.ANALYST,
                        AccessRole.CREATOR,
                        AccessRole.CUSTOMER);
        Handler<RoutingContext> staff =
                context.access().require(AccessRole.ADMIN, AccessRole.BILLING, AccessRole.ANALYST);
        new MeterRoutes(counts, executor).mount(context.router(), readers);
        new VideoRoutes(counts, executor).mount(context.router(), readers);
        new TopRoutes(counts, executor).mount(context.router(), readers);
        AccountTiers tiers = AccountTiers.find(context.settings());
        new LiveViewRoutes(counts, tiers, executor).mount(context.router(), readers);
        ChangeHints hints = new ChangeHints(RedisAddress.from(context.settings()));
        LiveRoutes live = new LiveRoutes(
                context.vertx(),
                counts,
                executor,
                hints,
                StreamLimit.of(context.settings().integer("serving.live-streams", 10_000)));
        live.mount(context.router(), readers);
        Gauge.builder("live_streams", live, LiveRoutes::openStreams)
                .strongReference(true)
                .register(context.metrics());
        LocalLogin.mountIfAllowed(context);
        Logout.mount(context);
        AutoCloseable keys = KeyRoutes.mount(context);
        DashboardRoutes.mount(context.router());
        new PublicationRoutes(counts, executor).mount(context.router(), staff);
        Operations operations = Operations.start(context, counts);
        PublicationMetrics publications = PublicationMetrics.start(
                counts::published,
                counts.meters(),
                context.metrics(),
                context.settings().flag("metrics.amounts", false),
                Clock.systemUTC(),
                context.settings().duration("serving.publication-metrics-interval", Duration.ofSeconds(15)));
        context.health().register("published-counts", counts::complaint);
        return () -> {
            publications.close();
            operations.close();
            live.close();
            hints.close();
            executor.close();
            tiers.close();
            keys.close();
            counts.close();
        };
    }
}
