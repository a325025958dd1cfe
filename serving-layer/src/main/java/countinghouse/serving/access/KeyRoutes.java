package countinghouse.serving.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.key.KeyGrant;
import countinghouse.kit.access.key.NamePatterns;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import countinghouse.kit.process.ProcessContext;
import countinghouse.serving.query.ServingError;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/keys}: what the command {@code keys} does, for administrators over HTTP (ADR 0166). */
public final class KeyRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRoutes.class);
    private static final String BASE = "/api/v1/keys";
    private static final long MAX_BODY_BYTES = 64 * 1024;
    private static final int DEFAULT_EVENTS_PER_SECOND = 1000;
    private static final long DEFAULT_OVERLAP_SECONDS = Duration.ofHours(24).toSeconds();
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final ManagedKeys keys;

    private KeyRoutes(ManagedKeys keys) {
        this.keys = keys;
    }

    /** Mounts the routes; what they opened is to be closed. */
    public static AutoCloseable mount(ProcessContext context) {
        ManagedKeys keys = ManagedKeys.open(context.settings());
        new KeyRoutes(keys).mount(context.router(), context.access().require(AccessRole.ADMIN));
        return keys;
    }

    private void mount(Router router, Handler<RoutingContext> admins) {
        router.get(BASE).handler(admins).handler(context -> answer(context, OK, keys::all));
        post(router, BASE, admins, this::create);
        post(router, BASE + "/:id/rotate", admins, this::rotate);
        post(router, BASE + "/:id/revoke", admins, this::revoke);
    }

    private static void post(
            Router router, String path, Handler<RoutingContext> admins, Handler<RoutingContext> handler) {
        router.post(path).handler(admins);
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(ContractGate.body())
                .handler(handler);
    }

    private void create(RoutingContext context) {
        KeyGrant grant = grant(body(context));
        String actor = actor(context);
        answer(context, CREATED, () -> keys.create(grant, actor));
    }

    private void rotate(RoutingContext context) {
        String id = context.pathParam("id");
        Duration overlap =
                Duration.ofSeconds(body(context).path("overlapSeconds").asLong(DEFAULT_OVERLAP_SECONDS));
        String actor = actor(context);
        answer(context, CREATED, () -> keys.rotate(id, overlap, actor));
    }

    private void revoke(RoutingContext context) {
        String id = context.pathParam("id");
        String actor = actor(context);
        answer(context, OK, () -> keys.revoke(id, actor));
    }

    private static KeyGrant grant(JsonNode body) {
        try {
            return new KeyGrant(
                    body.path("producer").asText(),
                    new NamePatterns(texts(body.path("sources"))),
                    new NamePatterns(texts(body.path("accounts"))),
                    roles(body.path("roles")),
                    body.path("eventsPerSecond").asInt(DEFAULT_EVENTS_PER_SECOND));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(KitError.INVALID_REQUEST, e.getMessage());
        }
    }

    private static Set<AccessRole> roles(JsonNode names) {
        return names.isMissingNode()
                ? Set.of(AccessRole.PRODUCER)
                : texts(names).stream()
                        .map(name -> AccessRole.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode body(RoutingContext context) {
        String text = context.body().asString();
        try {
            return Json.mapper().readTree(text == null || text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The contract lets nothing but JSON through", e);
        }
    }

    private static String actor(RoutingContext context) {
        return "user:" + Principal.of(context).name();
    }

    private static void answer(RoutingContext context, int status, Callable<Map<String, ?>> work) {
        context.vertx()
                .executeBlocking(() -> translated(work), false)
                .onSuccess(fields -> context.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(Json.text(fields)))
                .onFailure(context::fail);
    }

    private static Map<String, ?> translated(Callable<Map<String, ?>> work) throws Exception {
        try {
            return work.call();
        } catch (JdbiException e) {
            LOG.warn("The API keys cannot be read or changed: {}", String.valueOf(e.getCause()));
            throw new ProblemException(
                    ServingError.KEYS_UNAVAILABLE,
                    "The API keys cannot be read or changed now; try again in a moment, and look at the list first:"
                            + " a key may have been made");
        }
    }
}
