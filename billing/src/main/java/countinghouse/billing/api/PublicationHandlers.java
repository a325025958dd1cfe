package countinghouse.billing.api;

import countinghouse.billing.publication.Rollback;
import countinghouse.billing.publication.RolledBack;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The one change of what is published that an admin may make over HTTP. */
final class PublicationHandlers implements ApiPart {
    private final Rollback rollback;

    PublicationHandlers(Rollback rollback) {
        this.rollback = rollback;
    }

    @Override
    public void mount(Routes routes) {
        routes.post("/generations/:number/rollback", Audience.ADMINS, KeyPolicy.REQUIRED, this::rollBack);
    }

    private Map<String, ?> rollBack(RoutingContext context) {
        RolledBack done = rollback.from(
                Parameters.number(context.pathParam("number")),
                "user:" + Principal.of(context).name());
        return Map.of(
                "left", done.left(),
                "served", done.served(),
                "closedThrough", done.closedThrough(),
                "auditEntry", done.auditEntry());
    }
}
