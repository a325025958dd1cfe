package countinghouse.kit.access;

import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Route handlers that let only certain roles through. */
public final class Access {
    private static final String ACCESS_TOKEN = "access_token";
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;

    public Access(Tokens tokens) {
        this.tokens = tokens;
    }

    /** A handler that admits callers with at least one of the roles and leaves their {@link Principal} in the context. */
    public Handler<RoutingContext> require(AccessRole... roles) {
        Set<AccessRole> allowed = Set.of(roles);
        return context -> credentials(context)
                .ifPresentOrElse(
                        token -> admit(context, token, allowed),
                        () -> context.fail(new ProblemException(
                                KitError.UNAUTHENTICATED, "Send a token in the header 'Authorization: Bearer ...'")));
    }

    /** A handler that admits everybody whose request keeps to the contract. */
    public Handler<RoutingContext> anyone() {
        return ContractGate::admit;
    }

    private void admit(RoutingContext context, String token, Set<AccessRole> allowed) {
        // A request that is waiting for its token must not lose the body that arrives meanwhile.
        context.request().pause();
        tokens.verify(token).onComplete(verified -> {
            context.request().resume();
            if (verified.failed()) {
                context.fail(new ProblemException(KitError.UNAUTHENTICATED, "The token is not valid, or has expired"));
                return;
            }
            Principal principal = verified.result();
            if (principal.roles().stream().noneMatch(allowed::contains)) {
                context.fail(new ProblemException(
                        KitError.FORBIDDEN,
                        "This needs one of the roles %s; the token has %s"
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
