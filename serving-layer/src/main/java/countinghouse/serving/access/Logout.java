package countinghouse.serving.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.RevocationException;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.access.VerifiedToken;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import countinghouse.kit.process.ProcessContext;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;

/** {@code POST /api/v1/logout}: ends the token that it is asked with, and a refresh token beside it, in every process. */
public final class Logout {
    private static final String PATH = "/api/v1/logout";
    private static final long MAX_BODY_BYTES = 16 * 1024;

    private final Tokens tokens;

    private Logout(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Mounts the route. */
    public static void mount(ProcessContext context) {
        new Logout(context.tokens()).mount(context.router(), context.access());
    }

    private void mount(Router router, Access access) {
        router.post(PATH).handler(access.require(AccessRole.values()));
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(ContractGate.body())
                .handler(this::end);
    }

    private void end(RoutingContext context) {
        VerifiedToken access = VerifiedToken.of(context).orElseThrow(Logout::noToken);
        revoke(context, access)
                .compose(done -> refreshToken(context)
                        .map(text -> tokens.verifyRefresh(text)
                                .recover(ended -> Future.succeededFuture())
                                .compose(token -> token == null ? Future.succeededFuture() : revoke(context, token)))
                        .orElse(Future.succeededFuture()))
                .onSuccess(done -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private static ProblemException noToken() {
        return new ProblemException(
                KitError.INVALID_REQUEST,
                "Only a token can be ended here; API keys are revoked with POST /api/v1/keys/{id}/revoke");
    }

    private Future<Void> revoke(RoutingContext context, VerifiedToken token) {
        return context.vertx()
                .executeBlocking(
                        () -> {
                            tokens.revoke(token);
                            return (Void) null;
                        },
                        false)
                .recover(failure -> Future.failedFuture(
                        failure instanceof RevocationException
                                ? new ProblemException(KitError.UNAVAILABLE, failure.getMessage())
                                : failure));
    }

    private static Optional<String> refreshToken(RoutingContext context) {
        String body = context.body().asString();
        if (body == null || body.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    Json.mapper().readTree(body).path("refreshToken").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The contract lets nothing but JSON through", e);
        }
    }
}
