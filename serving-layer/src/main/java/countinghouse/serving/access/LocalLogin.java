package countinghouse.serving.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.CredentialsUnavailableException;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.RevocationException;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import countinghouse.kit.process.ProcessContext;
import countinghouse.serving.query.ServingError;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Ready-made users of a platform on one's own machine ({@code auth.local-users=true}): whoever reaches the loopback address may be any
 * of them. Where the setting is absent, the routes do not exist.
 */
public final class LocalLogin {
    private static final String LOGIN = "/api/v1/login";
    private static final String REFRESH = LOGIN + "/refresh";
    private static final Duration VALIDITY = Duration.ofMinutes(30);
    private static final Duration REFRESH_VALIDITY = Duration.ofDays(7);
    private static final long MAX_BODY_BYTES = 16 * 1024;

    private final Tokens tokens;
    private final Map<String, Principal> users = new TreeMap<>();

    private LocalLogin(Tokens tokens, Settings settings) {
        this.tokens = tokens;
        add(AccessRole.ADMIN, Set.of());
        add(AccessRole.BILLING, Set.of());
        add(AccessRole.ANALYST, Set.of());
        add(AccessRole.CREATOR, accounts(settings, "auth.local-creator-accounts"));
        add(AccessRole.CUSTOMER, accounts(settings, "auth.local-customer-accounts"));
    }

    /** Mounts the routes if the settings allow local users. */
    public static void mountIfAllowed(ProcessContext context) {
        if (!context.settings().flag("auth.local-users", false)) {
            return;
        }
        LocalLogin login = new LocalLogin(context.tokens(), context.settings());
        login.mount(context.router(), context.access());
    }

    private void mount(Router router, Access access) {
        router.get(LOGIN).handler(access.anyone()).handler(context -> answer(context, Map.of("users", users.keySet())));
        // A page of another origin can send a form, but not this type without being asked first.
        router.post(LOGIN).handler(access.anyone());
        router.post(LOGIN)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(ContractGate.body())
                .handler(this::login);
        router.post(REFRESH).handler(access.anyone());
        router.post(REFRESH)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(ContractGate.body())
                .handler(this::refresh);
    }

    private void login(RoutingContext context) {
        String name = textIn(context, "user");
        Principal user = users.get(name);
        if (user == null) {
            throw new ProblemException(
                    ServingError.UNKNOWN_USER,
                    "There is no local user '%s'; send {\"user\": ...} with one of %s".formatted(name, users.keySet()));
        }
        answer(context, issued(user));
    }

    /** New tokens for an old one, which is good only once. */
    private void refresh(RoutingContext context) {
        tokens.verifyRefresh(textIn(context, "refreshToken"))
                .recover(failure -> Future.failedFuture(refused(failure)))
                .compose(token -> context.vertx()
                        .executeBlocking(
                                () -> {
                                    tokens.revoke(token);
                                    return token.principal();
                                },
                                false))
                .onSuccess(user -> answer(context, issued(user)))
                .onFailure(failure -> context.fail(
                        failure instanceof RevocationException
                                ? new ProblemException(KitError.UNAVAILABLE, failure.getMessage())
                                : failure));
    }

    private static ProblemException refused(Throwable failure) {
        return failure instanceof CredentialsUnavailableException
                ? new ProblemException(
                        KitError.UNAVAILABLE, failure.getMessage() + " at the moment; send the same request again")
                : new ProblemException(
                        KitError.UNAUTHENTICATED,
                        "The refresh token is not valid, or was used, or has ended; sign in again");
    }

    private Map<String, Object> issued(Principal user) {
        Instant now = Instant.now();
        Map<String, Object> issued = new LinkedHashMap<>();
        issued.put("token", tokens.issue(user, VALIDITY));
        issued.put("user", user.name());
        issued.put("expiresAt", now.plus(VALIDITY));
        issued.put("refreshToken", tokens.issueRefresh(user, REFRESH_VALIDITY));
        issued.put("refreshExpiresAt", now.plus(REFRESH_VALIDITY));
        return issued;
    }

    private static String textIn(RoutingContext context, String field) {
        try {
            return Json.mapper().readTree(context.body().asString()).path(field).asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The contract lets nothing but JSON through", e);
        }
    }

    private void add(AccessRole role, Set<String> accounts) {
        String name = role.name().toLowerCase(Locale.ROOT);
        users.put(name, new Principal(name, Set.of(role), accounts));
    }

    private static Set<String> accounts(Settings settings, String key) {
        return Arrays.stream(settings.text(key, "").split(","))
                .map(String::trim)
                .filter(account -> !account.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void answer(RoutingContext context, Object body) {
        var unused = context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.text(body));
    }
}
