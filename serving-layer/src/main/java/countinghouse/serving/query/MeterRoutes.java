package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.http.ProblemException;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.CountGroup;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.merge.MergedCounts;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code /api/v1/meters}, compatible with OpenMeter's. */
public final class MeterRoutes {
    private static final String METERS = "/api/v1/meters";
    private static final String METER = METERS + "/:slug";
    private static final String QUERY = METER + "/query";
    private static final long MAX_BODY_BYTES = 256 * 1024;

    private final MergedCounts counts;
    private final CountsExecutor executor;

    public MeterRoutes(MergedCounts counts, CountsExecutor executor) {
        this.counts = counts;
        this.executor = executor;
    }

    /** Mounts the routes behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get(METERS).handler(readers).handler(context -> Reply.json(counts.meters().meters().stream()
                        .map(MeterRoutes::describe)
                        .toList())
                .send(context.response()));
        router.get(METER).handler(readers).handler(context -> Reply.json(describe(meter(context)))
                .send(context.response()));
        router.get(QUERY)
                .produces("application/json")
                .produces("text/csv")
                .handler(readers)
                .handler(context -> query(context, Parameters.ofQueryString(context.queryParams())));
        // A route of its own: Vert.x wants bodies read first, but nobody's body is read before the token is known.
        router.post(QUERY).handler(readers);
        router.post(QUERY)
                .produces("application/json")
                .produces("text/csv")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(ContractGate.body())
                .handler(context ->
                        query(context, Parameters.ofJson(context.body().asString())));
        router.get(METER + "/subjects").handler(readers).handler(context -> executor.answer(context, this::subjects));
        router.get(METER + "/group-by/:key/values")
                .handler(readers)
                .handler(context -> executor.answer(context, this::dimensionValues));
    }

    private void query(RoutingContext context, Parameters parameters) {
        CountQuery query = new MeterQueryParser(meter(context), parameters).parse(Principal.of(context));
        boolean csv = "text/csv".equals(context.getAcceptableContentType());
        executor.answer(context, counts, query, answer -> {
            MeterAnswer written = new MeterAnswer(query, answer);
            return csv ? written.csv() : written.json();
        });
    }

    private Reply subjects(RoutingContext context) {
        return Reply.json(grouped(context, CountQuery.SUBJECT).groups().stream()
                .map(CountGroup::account)
                .sorted()
                .toList());
    }

    private Reply dimensionValues(RoutingContext context) {
        String key = context.pathParam("key");
        return Reply.json(grouped(context, key).groups().stream()
                .map(group -> group.dimensions().get(key))
                .filter(Objects::nonNull)
                .sorted()
                .toList());
    }

    private CountAnswer grouped(RoutingContext context, String groupBy) {
        Parameters parameters = Parameters.of("groupBy", groupBy);
        return counts.read(new MeterQueryParser(meter(context), parameters).parse(Principal.of(context)));
    }

    private Meter meter(RoutingContext context) {
        return requireMeter(counts.meters(), context.pathParam("slug"));
    }

    /**
     * A meter by its slug.
     *
     * @throws ProblemException 404 that lists the known meters
     */
    public static Meter requireMeter(MeterCatalog meters, String slug) {
        return meters.meter(slug).orElseThrow(() -> unknown(meters, slug));
    }

    private static ProblemException unknown(MeterCatalog meters, String slug) {
        List<String> known = meters.meters().stream().map(Meter::slug).toList();
        return new ProblemException(
                ServingError.UNKNOWN_METER,
                "There is no meter '%s'; the meters are %s".formatted(slug, String.join(", ", known)),
                Map.of("meters", known));
    }

    private static Map<String, Object> describe(Meter meter) {
        Map<String, String> groupBy = new LinkedHashMap<>();
        meter.dimensions().forEach(name -> groupBy.put(name, "$." + name));
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", meter.slug());
        description.put("slug", meter.slug());
        description.put("description", meter.description());
        description.put("aggregation", meter.aggregation());
        description.put("eventType", meter.eventType());
        if (meter.valueProperty() != null) {
            description.put("valueProperty", "$." + meter.valueProperty());
        }
        description.put("groupBy", groupBy);
        return description;
    }
}
