package countinghouse.kit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.kit.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tokens: JWTs with {@code iss}, {@code aud}, {@code exp} and a {@code type}, {@code access} or {@code refresh} (SEC-01). */
public final class Tokens {
    private static final String ROLES = "roles";
    private static final String ACCOUNTS = "accounts";
    private static final String TYPE = "type";
    private static final String ACCESS = "access";
    private static final String REFRESH = "refresh";
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MAX_REMEMBERED = 10_000;

    private final SigningKeys keys;
    private final TokenConfig config;
    private final RevokedTokens revoked;
    private final Clock clock = Clock.systemUTC();
    /** Checking a signature costs more than most answers; end and revocation are checked each time. */
    private final Cache<String, VerifiedToken> remembered = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Tokens that can be revoked in this process alone. */
    public Tokens(Vertx vertx, TokenConfig config) {
        this(vertx, config, RevokedTokens.inMemory());
    }

    public Tokens(Vertx vertx, TokenConfig config, RevokedTokens revoked) {
        this(new SigningKeys(vertx, config), config, revoked);
    }

    Tokens(SigningKeys keys, TokenConfig config, RevokedTokens revoked) {
        this.keys = keys;
        this.config = config;
        this.revoked = revoked;
    }

    /** What is wrong with the keys that tokens are verified with, for readiness; empty if nothing is. */
    public Optional<String> complaint() {
        return keys.complaint();
    }

    /** The caller that a token names; fails if the token is not a valid access token. */
    public Future<Principal> verify(String token) {
        return verifyAccess(token).map(VerifiedToken::principal);
    }

    /** An access token; fails if it is none, or has ended, or is revoked. */
    public Future<VerifiedToken> verifyAccess(String token) {
        VerifiedToken known = remembered.getIfPresent(token);
        if (known != null) {
            return isGood(known) ? Future.succeededFuture(known) : refused();
        }
        return verified(token, ACCESS).onSuccess(fresh -> remembered.put(token, fresh));
    }

    /** A refresh token, which is good for nothing but new tokens; fails as {@link #verifyAccess} does. */
    public Future<VerifiedToken> verifyRefresh(String token) {
        return verified(token, REFRESH);
    }

    /**
     * Ends a token before its time, in every process. Blocks.
     *
     * @throws RevocationException if it is not known to be revoked
     */
    public void revoke(VerifiedToken token) {
        if (token.id() != null) {
            revoked.add(token.id(), token.expiresAt());
        }
    }

    /**
     * Issues an access token; only with a local secret.
     *
     * @throws ConfigurationException if tokens are issued elsewhere
     */
    public String issue(Principal principal, Duration validity) {
        return issue(principal, validity, ACCESS);
    }

    /** Issues a refresh token, as {@link #issue} does. */
    public String issueRefresh(Principal principal, Duration validity) {
        return issue(principal, validity, REFRESH);
    }

    /** Issues one token outside of any process, as {@link #issue} does. */
    public static String issueOnce(TokenConfig config, Principal principal, Duration validity) {
        Vertx vertx = Vertx.vertx();
        try {
            return new Tokens(vertx, config).issue(principal, validity);
        } finally {
            vertx.close().await();
        }
    }

    private String issue(Principal principal, Duration validity, String type) {
        if (config.secret().isEmpty()) {
            throw new ConfigurationException(
                    "Tokens are issued by the owner of 'auth.jwks-url'; only a local platform issues its own");
        }
        JsonArray roles = new JsonArray();
        principal.roles().forEach(role -> roles.add(role.name().toLowerCase(Locale.ROOT)));
        JsonObject claims = new JsonObject()
                .put(TYPE, type)
                .put("jti", UUID.randomUUID().toString())
                .put(ROLES, roles)
                .put(ACCOUNTS, new JsonArray(principal.accounts().stream().toList()));
        return keys.sign(
                claims,
                new JWTOptions()
                        .setAlgorithm("HS256")
                        .setSubject(principal.name())
                        .setIssuer(config.issuer())
                        .addAudience(config.audience())
                        .setExpiresInSeconds(Math.toIntExact(validity.toSeconds())));
    }

    private Future<VerifiedToken> verified(String token, String type) {
        return keys.verify(token)
                .map(user -> verified(user, type))
                .compose(fresh -> isGood(fresh) ? Future.succeededFuture(fresh) : refused());
    }

    private boolean isGood(VerifiedToken token) {
        return clock.instant().isBefore(token.expiresAt()) && (token.id() == null || !revoked.contains(token.id()));
    }

    private static Future<VerifiedToken> refused() {
        return Future.failedFuture(new IllegalArgumentException("the token has ended, or was revoked"));
    }

    private static VerifiedToken verified(User user, String type) {
        JsonObject claims = user.attributes().getJsonObject("accessToken", user.principal());
        if (!type.equals(claims.getString(TYPE)) || !claims.containsKey("exp")) {
            throw new IllegalArgumentException("not a token of the type %s that ends".formatted(type));
        }
        Set<AccessRole> roles = EnumSet.noneOf(AccessRole.class);
        for (Object role : claims.getJsonArray(ROLES, new JsonArray())) {
            Arrays.stream(AccessRole.values())
                    .filter(known -> known.name().equalsIgnoreCase(String.valueOf(role)))
                    .forEach(roles::add);
        }
        Set<String> accounts = new HashSet<>();
        claims.getJsonArray(ACCOUNTS, new JsonArray()).forEach(account -> accounts.add(String.valueOf(account)));
        return new VerifiedToken(
                new Principal(claims.getString("sub"), roles, accounts),
                claims.getString("jti"),
                Instant.ofEpochSecond(claims.getLong("exp")));
    }
}
