package countinghouse.serving.query;

import countinghouse.kit.http.ProblemException;
import countinghouse.schemas.QuarantinedEvent;
import countinghouse.serving.log.Quarantine;
import countinghouse.serving.log.QuarantineEntry;
import countinghouse.serving.log.QuarantineFilter;
import countinghouse.serving.log.QuarantinePage;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/quarantine...}: the events that were refused, why, and their text as it was received. */
public final class QuarantineRoutes {
    private static final String BASE = "/api/v1/quarantine";
    private static final int DEFAULT_LIMIT = 50;

    private final Quarantine quarantine;
    private final CountsExecutor executor;

    public QuarantineRoutes(Quarantine quarantine, CountsExecutor executor) {
        this.quarantine = quarantine;
        this.executor = executor;
    }

    /** Mounts the routes behind a handler that admits those who run the platform: the texts are everybody's. */
    public void mount(Router router, Handler<RoutingContext> admins) {
        router.get(BASE).handler(admins).handler(context -> executor.answer(context, this::page));
        router.get(BASE + "/reasons").handler(admins).handler(context -> executor.answer(context, this::reasons));
        router.get(BASE + "/:partition/:offset")
                .handler(admins)
                .handler(context -> executor.answer(context, this::entry));
    }

    private Reply page(RoutingContext context) {
        Parameters parameters = Parameters.ofQueryString(context.queryParams());
        QuarantinePage page = quarantine.page(
                new QuarantineFilter(
                        parameters.single("reason"),
                        parameters.single("account"),
                        parameters.single("source"),
                        parameters.single("text")),
                parameters.single("cursor").map(QuarantineCursor::parse).orElse(Map.of()),
                parameters.single("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("scanned", page.scanned());
        body.put("data", page.entries().stream().map(QuarantineRoutes::fields).toList());
        if (!page.older().isEmpty()) {
            body.put("nextCursor", QuarantineCursor.text(page.older()));
        }
        return Reply.json(body);
    }

    private Reply reasons(RoutingContext context) {
        QuarantinePage newest = quarantine.newest();
        List<Map<String, Object>> reasons = newest.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(one -> Map.<String, Object>of("reason", one.getKey(), "events", one.getValue()))
                .toList();
        return Reply.json(Map.of(
                "scanned", newest.scanned(),
                "complete", newest.older().isEmpty(),
                "reasons", reasons));
    }

    private Reply entry(RoutingContext context) {
        int partition = Integer.parseInt(context.pathParam("partition"));
        long offset = Long.parseLong(context.pathParam("offset"));
        return quarantine
                .find(partition, offset)
                .map(entry -> Reply.json(fields(entry)))
                .orElseThrow(() -> new ProblemException(
                        ServingError.UNKNOWN_RECORD,
                        "The quarantine has no record %d in partition %d; records are kept for a week"
                                .formatted(offset, partition)));
    }

    private static Map<String, Object> fields(QuarantineEntry entry) {
        QuarantinedEvent event = entry.event();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("partition", entry.partition());
        fields.put("offset", entry.offset());
        fields.put("quarantinedAt", Instant.ofEpochMilli(entry.appendedAtMs()));
        fields.put("receivedAt", Instant.ofEpochMilli(event.receivedAt()));
        fields.put("reason", event.reason());
        fields.put("field", event.field());
        fields.put("message", event.message());
        fields.put("source", event.source());
        fields.put("account", event.account());
        fields.put("type", entry.type());
        fields.put("payload", event.payload() == null ? "" : event.payload());
        return fields;
    }
}
