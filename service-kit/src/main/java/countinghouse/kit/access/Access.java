package countinghouse.kit.access;

import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.ApiKeys;
import countinghouse.kit.access.key.KeyText;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Route handlers that let only certain roles through: those of a token, or of a producer's API key. */
public final class Access {
    private static final String ACCESS_TOKEN = "access_token";
    private static final String BEARER = "Bearer ";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String KEYS_RETRY_SECONDS = "5";

    private final Tokens tokens;
    private final Optional<ApiKeys> keys;
    private final AnonymousLimit anonymous;

    /** Admits tokens only, with the standard limit of anonymous requests. */
    public Access(Tokens tokens) {
        this(tokens, Optional.empty(), new AnonymousLimit(100));
    }

    public Access(Tokens tokens, Optional<ApiKeys> keys, AnonymousLimit anonymous) {
        this.tokens = tokens;
        this.keys = keys;
        this.anonymous = anonymous;
    }

    /** A handler that admits callers with at least one of the roles and leaves their {@link Principal} in the context. */
    public Handler<RoutingContext> require(AccessRole... roles) {
        Set<AccessRole> allowed = Set.of(roles);
        return context -> credentials(context)
                .ifPresentOrElse(
                        credential -> admit(context, credential, allowed),
                        () -> refuse(context, "Send a token in the header 'Authorization: Bearer ...'"));
    }

    /** A handler that admits everybody whose request keeps to the contract, as often as an address may come without credentials. */
    public Handler<RoutingContext> anyone() {
        return context -> retryAfter(context)
                .ifPresentOrElse(seconds -> limit(context, seconds), () -> ContractGate.admit(context));
    }

    private void admit(RoutingContext context, String credential, Set<AccessRole> allowed) {
        // A request that is waiting for its credentials must not lose the body that arrives meanwhile.
        context.request().pause();
        principal(context, credential).onComplete(verified -> {
            context.request().resume();
            if (verified.failed()) {
                reject(context, verified.cause());
                return;
            }
            Principal principal = verified.result();
            if (!principal.hasOneOf(allowed)) {
                context.fail(new ProblemException(
                        KitError.FORBIDDEN,
                        "This needs one of the roles %s; yours are %s"
                                .formatted(
                                        Arrays.toString(
                                                allowed.stream().sorted().toArray()),
                                        principal.roles())));
                return;
            }
            context.put(Principal.KEY, principal);
            ContractGate.admit(context);
        });
    }

    private Future<Principal> principal(RoutingContext context, String credential) {
        if (!KeyText.isMeant(credential) || keys.isEmpty()) {
            return tokens.verifyAccess(credential).map(token -> token.admitTo(context));
        }
        return Future.fromCompletionStage(
                        keys.get().find(credential), context.vertx().getOrCreateContext())
                .map(found -> {
                    ApiKey key = found.orElseThrow(() -> new IllegalArgumentException("no such key"));
                    return key.admitTo(context);
                });
    }

    private void reject(RoutingContext context, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CredentialsUnavailableException) {
            context.response().putHeader(RETRY_AFTER, KEYS_RETRY_SECONDS);
            context.fail(new ProblemException(
                    KitError.UNAVAILABLE,
                    "%s at the moment; send the same request again after %s s"
                            .formatted(cause.getMessage(), KEYS_RETRY_SECONDS)));
        } else {
            refuse(context, "The token or API key is not valid, or has expired");
        }
    }

    private void refuse(RoutingContext context, String why) {
        OptionalLong wait = retryAfter(context);
        if (wait.isPresent()) {
            limit(context, wait.getAsLong());
        } else {
            context.fail(new ProblemException(KitError.UNAUTHENTICATED, why));
        }
    }

    private OptionalLong retryAfter(RoutingContext context) {
        return anonymous.retryAfterSeconds(context.request().remoteAddress().hostAddress());
    }

    private static void limit(RoutingContext context, long seconds) {
        context.response().putHeader(RETRY_AFTER, Long.toString(seconds));
        context.fail(new ProblemException(
                KitError.RATE_LIMITED,
                "Too many requests without valid credentials come from your address; wait %d s".formatted(seconds)));
    }

    /**
     * Browsers cannot set headers on an event stream, so there a token may also come as the query parameter {@code access_token}; nowhere
     * else, because addresses end in logs.
     */
    private static Optional<String> credentials(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).trim());
        }
        return Optional.ofNullable(request.getHeader("X-API-Key"))
                .or(() -> Optional.ofNullable(request.getParam(ACCESS_TOKEN))
                        .filter(token -> ContractGate.allowsQueryParameter(context, ACCESS_TOKEN)));
    }
}
