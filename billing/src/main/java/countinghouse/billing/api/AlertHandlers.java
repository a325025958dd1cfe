package countinghouse.billing.api;

import countinghouse.billing.alert.Alerts;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Alerts, their deliveries, and those that were given up. */
final class AlertHandlers implements ApiPart {
    private final Alerts alerts;

    AlertHandlers(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/alerts", Audience.READERS, this::list);
        routes.post("/alerts/:id/replay", Audience.BOOKKEEPERS, KeyPolicy.OPTIONAL, this::replay);
    }

    private Map<String, ?> list(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        Principal principal = Principal.of(context);
        int limit = parameters.limit();
        Optional<Set<String>> accounts =
                principal.seesEverything() ? Optional.empty() : Optional.of(principal.accounts());
        List<Alerts.AlertState> found = alerts.page(dead(parameters), accounts, parameters.cursor(), limit + 1);
        return Page.of(found, limit, AlertView::of, state -> state.alert().id());
    }

    private Map<String, ?> replay(RoutingContext context) {
        String actor = "user:" + Principal.of(context).name();
        return Map.of("replayed", alerts.replay(Optional.of(context.pathParam("id")), actor));
    }

    private static boolean dead(Parameters parameters) {
        Optional<String> status = parameters.text("status");
        if (status.isPresent() && !status.get().equals("dead")) {
            throw Parameters.invalid("The parameter 'status' can only be 'dead'");
        }
        return status.isPresent();
    }
}
