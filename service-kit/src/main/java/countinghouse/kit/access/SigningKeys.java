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

/**
 * The keys that tokens are verified with. Those at a JWKS URL are read at the start, and again, at most every half minute, when a token does not verify: its issuer may
 * have changed its keys.
 */
final class SigningKeys {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Duration pause;
    private final Vertx vertx;
    private final TokenConfig config;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private volatile JWTAuth jwt;
    private long readAtNanos = System.nanoTime();

    SigningKeys(Vertx vertx, TokenConfig config) {
        this(vertx, config, PAUSE);
    }

    /** @param pause between two readings of the keys at least */
    SigningKeys(Vertx vertx, TokenConfig config, Duration pause) {
        this.pause = pause;
        this.vertx = vertx;
        this.config = config;
        this.jwt = config.jwksUrl().map(url -> verifier(readNow(url))).orElseGet(this::secret);
    }

    /** The user of a token whose signature, issuer, audience and end are right. */
    Future<User> verify(String token) {
        TokenCredentials credentials = new TokenCredentials(token);
        return jwt.authenticate(credentials)
                .recover(failure -> isTimeToReadAgain()
                        ? readAgain().compose(read -> jwt.authenticate(credentials))
                        : Future.failedFuture(failure));
    }

    /** Signs claims; only with a local secret. */
    String sign(JsonObject claims, JWTOptions options) {
        return jwt.generateToken(claims, options);
    }

    private synchronized boolean isTimeToReadAgain() {
        if (config.jwksUrl().isEmpty() || System.nanoTime() - readAtNanos < pause.toNanos()) {
            return false;
        }
        readAtNanos = System.nanoTime();
        return true;
    }

    private Future<Void> readAgain() {
        return Future.fromCompletionStage(
                        http.sendAsync(request(config.jwksUrl().orElseThrow()), HttpResponse.BodyHandlers.ofString()),
                        vertx.getOrCreateContext())
                .map(response -> {
                    jwt = verifier(keys(response));
                    return null;
                });
    }

    private JsonArray readNow(URI url) {
        try {
            return keys(http.send(request(url), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new ConfigurationException("Cannot read the keys at 'auth.jwks-url' (%s): %s".formatted(url, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException(
                    "Interrupted while reading the keys at 'auth.jwks-url' (%s)".formatted(url));
        }
    }

    private static HttpRequest request(URI url) {
        return HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
    }

    private static JsonArray keys(HttpResponse<String> response) {
        if (response.statusCode() != OK) {
            throw new ConfigurationException(
                    "Cannot read the keys at 'auth.jwks-url': it answered %d".formatted(response.statusCode()));
        }
        JsonArray keys = new JsonObject(response.body()).getJsonArray("keys");
        if (keys == null || keys.isEmpty()) {
            throw new ConfigurationException("There are no keys at 'auth.jwks-url'; it must be a JSON Web Key Set");
        }
        return keys;
    }

    private JWTAuth verifier(JsonArray keys) {
        JWTAuthOptions options = options();
        keys.forEach(key -> options.addJwk((JsonObject) key));
        return JWTAuth.create(vertx, options);
    }

    private JWTAuth secret() {
        return JWTAuth.create(
                vertx,
                options()
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm("HS256")
                                .setBuffer(config.secret().orElseThrow())));
    }

    private JWTAuthOptions options() {
        return new JWTAuthOptions()
                .setJWTOptions(new JWTOptions().setIssuer(config.issuer()).addAudience(config.audience()));
    }
}
