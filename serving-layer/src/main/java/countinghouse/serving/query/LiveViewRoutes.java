package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.speedview.LiveSnapshot;
import countinghouse.serving.speedview.SpeedSnapshot;
import countinghouse.serving.tier.AccountTiers;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code GET /api/v1/live/jobs} and {@code GET /api/v1/live/waits}: the present, by the speed layer alone. */
public final class LiveViewRoutes {
    private static final String SUBJECT = "subject";

    private final MergedCounts counts;
    private final AccountTiers tiers;
    private final CountsExecutor executor;

    public LiveViewRoutes(MergedCounts counts, AccountTiers tiers, CountsExecutor executor) {
        this.counts = counts;
        this.tiers = tiers;
        this.executor = executor;
    }

    /** Mounts the routes behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get("/api/v1/live/jobs")
                .handler(readers)
                .handler(context -> executor.answer(
                        context,
                        asked -> answer(asked, RedisKeys.LIVE_JOBS, live -> JobsInFlight.of(live.entries(), tiers)
                                .fields())));
        router.get("/api/v1/live/waits")
                .handler(readers)
                .handler(context -> executor.answer(
                        context, asked -> answer(asked, RedisKeys.LIVE_WAITS, live -> Map.of("data", waits(live)))));
    }

    private Reply answer(RoutingContext context, String view, Function<LiveSnapshot, Map<String, Object>> reader) {
        Accounts accounts = AccountScope.of(Principal.of(context), context.queryParam(SUBJECT));
        LiveSnapshot live = counts.liveView(view, accounts);
        Map<String, Object> body = new LinkedHashMap<>(freshness(live.snapshot()));
        body.putAll(reader.apply(live));
        return Reply.json(body);
    }

    private static Map<String, Object> freshness(SpeedSnapshot snapshot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("liveOnly", true);
        fields.put("since", snapshot.floorMs() <= 0 ? null : Instant.ofEpochMilli(snapshot.floorMs()));
        fields.put("partial", snapshot.missing() != null);
        if (snapshot.missing() != null) {
            fields.put("missing", snapshot.missing());
        }
        return fields;
    }

    private static List<Map<String, Object>> waits(LiveSnapshot live) {
        List<Map<String, Object>> data = new ArrayList<>();
        new TreeMap<>(live.entries()).forEach((account, entries) -> {
            Map<String, WaitingTimes> byOffering = new TreeMap<>();
            entries.forEach((field, text) -> byOffering
                    .computeIfAbsent(field.substring(field.indexOf('|') + 1), ignored -> new WaitingTimes())
                    .add(text));
            byOffering.forEach((offering, times) -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put(SUBJECT, account);
                fields.put("offering", offering);
                fields.putAll(times.fields());
                data.add(fields);
            });
        });
        return data;
    }
}
