package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.entitlement.Decision;
import countinghouse.billing.entitlement.Entitlements;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.plan.PlanException;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.http.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admission checks. A check needs no Idempotency-Key: the job's id is one. */
final class EntitlementHandlers implements ApiPart {
    private static final Logger LOG = LoggerFactory.getLogger(EntitlementHandlers.class);
    private static final int MAX_LENGTH = 200;

    private final Entitlements entitlements;
    private final Consumer<Decision> admitted;

    EntitlementHandlers(Entitlements entitlements, Consumer<Decision> admitted) {
        this.entitlements = entitlements;
        this.admitted = admitted;
    }

    @Override
    public void mount(Routes routes) {
        routes.ask("/entitlements/check", Audience.ADMITTERS, this::check);
    }

    private Map<String, ?> check(RoutingContext context) {
        try {
            String text = context.body().asString();
            Fields fields = new Fields(Json.mapper().readTree(text == null ? "" : text), "The check");
            String account = bounded(fields.text("account"), "account");
            String job = bounded(fields.text("jobId"), "jobId");
            fields.finish();
            requireMayAdmit(Principal.of(context), account);
            Decision decision = entitlements.check(account, job);
            warn(decision);
            return decision.toJson();
        } catch (JsonProcessingException e) {
            throw Parameters.invalid("The body is not JSON: " + e.getOriginalMessage());
        } catch (PlanException e) {
            throw Parameters.invalid(e.getMessage());
        }
    }

    /** The place is taken whether or not somebody can be told about it. */
    private void warn(Decision decision) {
        try {
            admitted.accept(decision);
        } catch (JdbiException e) {
            LOG.warn("The quota of {} cannot be watched now", decision.account(), e);
        }
    }

    /** A producer runs jobs for everybody whose events it may send; customers ask for themselves. */
    private static void requireMayAdmit(Principal principal, String account) {
        if (!principal.roles().contains(AccessRole.PRODUCER)
                || !principal.accounts().isEmpty()) {
            principal.requireMaySee(account);
        }
    }

    private static String bounded(String value, String name) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw Parameters.invalid("'%s' has 1 to %d characters".formatted(name, MAX_LENGTH));
        }
        return value;
    }
}
