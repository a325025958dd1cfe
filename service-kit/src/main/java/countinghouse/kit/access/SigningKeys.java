package countinghouse.kit.access;

import countinghouse.kit.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that tokens are verified with. Those at a JWKS URL are read at the start, and again, at most every half minute, when a token does not verify: its issuer may
 * have changed its keys. An issuer that is down at the start stops nobody from starting: until its keys are there, they are asked for every second, and no token
 * can be judged.
 */
final class SigningKeys {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final Duration pause;
    private final Vertx vertx;
    private final TokenConfig config;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    /** Null until the issuer's keys were read. */
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
        if (config.jwksUrl().isPresent()) {
            readFirst(config.jwksUrl().get());
        } else {
            this.jwt = secret();
        }
    }

    private void readFirst(URI url) {
        try {
            jwt = verifier(readNow(url));
        } catch (SigningKeysUnavailableException e) {
            LOG.warn("No token can be judged yet: {}; trying again every second", e.getMessage());
            readLater();
        }
    }

    private void readLater() {
        vertx.setTimer(RETRY.toMillis(), now -> readAgain().onFailure(still -> readLater()));
    }

    /** What is wrong with the keys, for readiness; empty if nothing is. */
    Optional<String> complaint() {
        return jwt == null ? Optional.of("the keys at 'auth.jwks-url' were never read") : Optional.empty();
    }

    /**
     * The user of a token whose signature, issuer, audience and end are right; fails with {@link SigningKeysUnavailableException} while that
     * cannot be told.
     */
    Future<User> verify(String token) {
        if (jwt == null) {
            return Future.failedFuture(
                    new SigningKeysUnavailableException("The keys of the tokens' issuer cannot be read"));
        }
        TokenCredentials credentials = new TokenCredentials(token);
        return jwt.authenticate(credentials)
                .recover(failure -> isTimeToReadAgain()
                        ? readAgain()
                                .transform(read ->
                                        read.succeeded() ? jwt.authenticate(credentials) : Future.failedFuture(failure))
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
            throw new SigningKeysUnavailableException(
                    "Cannot read the keys at 'auth.jwks-url' (%s): %s".formatted(url, e));
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
            throw new SigningKeysUnavailableException(
                    "Cannot read the keys at 'auth.jwks-url': it answered %d".formatted(response.statusCode()));
        }
        JsonArray keys = jsonKeys(response.body());
        if (keys == null || keys.isEmpty()) {
            throw new SigningKeysUnavailableException(
                    "There are no keys at 'auth.jwks-url'; it must be a JSON Web Key Set");
        }
        return keys;
    }

    private static JsonArray jsonKeys(String body) {
        try {
            return new JsonObject(body).getJsonArray("keys");
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
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
