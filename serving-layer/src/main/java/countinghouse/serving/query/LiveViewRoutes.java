package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.speedview.LiveSnapshot;
import countinghouse.serving.speedview.SpeedSnapshot;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** {@code GET /api/v1/live/jobs} and {@code GET /api/v1/live/waits}: the present, by the speed layer alone. */
public final class LiveViewRoutes {
    private static final String SUBJECT = "subject";

    private final MergedCounts counts;
    private final CountsExecutor executor;

    public LiveViewRoutes(MergedCounts counts, CountsExecutor executor) {
        this.counts = counts;
        this.executor = executor;
    }

    /** Mounts the routes behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get("/api/v1/live/jobs")
                .handler(readers)
                .handler(context -> executor.answer(context, asked -> answer(asked, RedisKeys.LIVE_JOBS, this::jobs)));
        router.get("/api/v1/live/waits")
                .handler(readers)
                .handler(
                        context -> executor.answer(context, asked -> answer(asked, RedisKeys.LIVE_WAITS, this::waits)));
    }

    private Reply answer(
            RoutingContext context,
            String view,
            BiFunction<String, Map<String, String>, List<Map<String, Object>>> reader) {
        Accounts accounts = AccountScope.of(Principal.of(context), context.queryParam(SUBJECT));
        LiveSnapshot live = counts.liveView(view, accounts);
        List<Map<String, Object>> data = new ArrayList<>();
        new TreeMap<>(live.entries()).forEach((account, entries) -> data.addAll(reader.apply(account, entries)));
        return Reply.json(body(live.snapshot(), data));
    }

    private static Map<String, Object> body(SpeedSnapshot snapshot, List<Map<String, Object>> data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("liveOnly", true);
        body.put("since", snapshot.floorMs() <= 0 ? null : Instant.ofEpochMilli(snapshot.floorMs()));
        body.put("partial", snapshot.missing() != null);
        if (snapshot.missing() != null) {
            body.put("missing", snapshot.missing());
        }
        body.put("data", data);
        return body;
    }

    private List<Map<String, Object>> jobs(String account, Map<String, String> jobs) {
        Map<String, Integer> byState = new TreeMap<>();
        jobs.values().forEach(text -> byState.merge(text.substring(text.lastIndexOf('|') + 1), 1, Integer::sum));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(SUBJECT, account);
        fields.put("inFlight", jobs.size());
        fields.put("byState", byState);
        return List.of(fields);
    }

    private List<Map<String, Object>> waits(String account, Map<String, String> entries) {
        Map<String, WaitingTimes> byOffering = new TreeMap<>();
        entries.forEach((field, text) -> byOffering
                .computeIfAbsent(field.substring(field.indexOf('|') + 1), ignored -> new WaitingTimes())
                .add(text));
        List<Map<String, Object>> data = new ArrayList<>();
        byOffering.forEach((offering, times) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(SUBJECT, account);
            fields.put("offering", offering);
            fields.putAll(times.fields());
            data.add(fields);
        });
        return data;
    }
}
