package countinghouse.kit.access;

import countinghouse.kit.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Access tokens: JWTs with {@code iss}, {@code aud}, {@code exp} and {@code type: access}. */
public final class Tokens {
    private static final String ROLES = "roles";
    private static final String ACCOUNTS = "accounts";
    private static final String TYPE = "type";
    private static final String ACCESS = "access";
    private static final Duration JWKS_TIMEOUT = Duration.ofSeconds(5);

    private final JWTAuth jwt;
    private final TokenConfig config;

    public Tokens(Vertx vertx, TokenConfig config) {
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(new JWTOptions().setIssuer(config.issuer()).addAudience(config.audience()));
        config.secret()
                .ifPresent(secret -> options.addPubSecKey(
                        new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret)));
        config.jwksUrl().ifPresent(url -> jwks(url).forEach(key -> options.addJwk((JsonObject) key)));
        this.jwt = JWTAuth.create(vertx, options);
        this.config = config;
    }

    /** The caller that a token names; fails if the token is not a valid access token. */
    public Future<Principal> verify(String token) {
        return jwt.authenticate(new TokenCredentials(token)).map(Tokens::principalOf);
    }

    /**
     * Issues a token; only with a local secret.
     *
     * @throws ConfigurationException if tokens are issued elsewhere
     */
    public String issue(Principal principal, Duration validity) {
        if (config.secret().isEmpty()) {
            throw new ConfigurationException(
                    "Tokens are issued by the owner of 'auth.jwks-url'; only a local platform issues its own");
        }
        JsonArray roles = new JsonArray();
        principal.roles().forEach(role -> roles.add(role.name().toLowerCase(Locale.ROOT)));
        JsonObject claims = new JsonObject()
                .put(TYPE, ACCESS)
                .put(ROLES, roles)
                .put(ACCOUNTS, new JsonArray(principal.accounts().stream().toList()));
        return jwt.generateToken(
                claims,
                new JWTOptions()
                        .setAlgorithm("HS256")
                        .setSubject(principal.name())
                        .setIssuer(config.issuer())
                        .addAudience(config.audience())
                        .setExpiresInSeconds(Math.toIntExact(validity.toSeconds())));
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

    private static Principal principalOf(User user) {
        JsonObject claims = user.attributes().getJsonObject("accessToken", user.principal());
        if (!ACCESS.equals(claims.getString(TYPE)) || !claims.containsKey("exp")) {
            throw new IllegalArgumentException("not an access token that expires");
        }
        Set<AccessRole> roles = EnumSet.noneOf(AccessRole.class);
        for (Object role : claims.getJsonArray(ROLES, new JsonArray())) {
            Arrays.stream(AccessRole.values())
                    .filter(known -> known.name().equalsIgnoreCase(String.valueOf(role)))
                    .forEach(roles::add);
        }
        Set<String> accounts = new HashSet<>();
        claims.getJsonArray(ACCOUNTS, new JsonArray()).forEach(account -> accounts.add(String.valueOf(account)));
        return new Principal(claims.getString("sub"), roles, accounts);
    }

    private static JsonArray jwks(URI url) {
        try {
            HttpClient http =
                    HttpClient.newBuilder().connectTimeout(JWKS_TIMEOUT).build();
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(JWKS_TIMEOUT).build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new JsonObject(response.body()).getJsonArray("keys");
        } catch (IOException e) {
            throw new ConfigurationException("Cannot read the keys at 'auth.jwks-url' (%s): %s".formatted(url, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException(
                    "Interrupted while reading the keys at 'auth.jwks-url' (%s)".formatted(url));
        }
    }
}
