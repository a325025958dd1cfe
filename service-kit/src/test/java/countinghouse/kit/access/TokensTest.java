package countinghouse.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Principal ANN = new Principal("ann", Set.of(AccessRole.CREATOR), Set.of("mine"));

    private final Vertx vertx = Vertx.vertx();
    private final Tokens tokens =
            new Tokens(vertx, new TokenConfig(Optional.of(SECRET), Optional.empty(), "issuer", "audience"));

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void shouldNameTheCallerAgain() {
        assertThat(tokens.verify(tokens.issue(ANN, Duration.ofMinutes(1))).await())
                .isEqualTo(ANN);
    }

    @Test
    void shouldTakeARefreshTokenForNothingButNewTokens() {
        String refresh = tokens.issueRefresh(ANN, Duration.ofMinutes(1));
        String access = tokens.issue(ANN, Duration.ofMinutes(1));

        assertRefused(refresh);
        assertThat(tokens.verifyRefresh(refresh).await().principal()).isEqualTo(ANN);
        assertThatThrownBy(() -> tokens.verifyRefresh(access).await()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseARevokedTokenAlsoIfItWasTakenAMomentAgo() {
        String revoked = tokens.issue(ANN, Duration.ofMinutes(1));
        String other = tokens.issue(ANN, Duration.ofMinutes(1));
        VerifiedToken verified = tokens.verifyAccess(revoked).await();

        tokens.revoke(verified);

        assertRefused(revoked);
        assertThat(tokens.verify(other).await()).isEqualTo(ANN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"other\"}",
                "{\"aud\":[\"other\"]}",
                "{\"exp\":1}",
                "{\"exp\":null}",
                "{\"exp\":\"soon\"}",
                "{\"type\":\"refresh\"}",
                "{\"type\":null}",
                "{\"nbf\":99999999999}",
                "{\"roles\":\"admin\"}"
            })
    void shouldRefuseASignedTokenWithOneWrongClaim(String wrong) throws Exception {
        JsonObject claims = claims();
        assertThat(tokens.verify(signed("HS256", claims, SECRET)).await().name())
                .isEqualTo("ann");
        new JsonObject(wrong).forEach(claim -> {
            claims.remove(claim.getKey());
            if (claim.getValue() != null) {
                claims.put(claim.getKey(), claim.getValue());
            }
        });

        assertRefused(signed("HS256", claims, SECRET));
    }

    @Test
    void shouldRefuseASignatureThatIsNotOurs() throws Exception {
        assertRefused(signed("HS256", claims(), SECRET.replace('0', '1')));
        String good = signed("HS256", claims(), SECRET);
        assertRefused(good.substring(0, good.lastIndexOf('.') + 1));
        assertRefused(encoded(new JsonObject().put("alg", "none").put("typ", "JWT")) + "." + encoded(claims()) + ".");
        assertRefused("");
        assertRefused("a.b.c");
    }

    @Test
    void shouldFollowTheKeysOfItsIssuer() throws Exception {
        KeyPair first = rsa();
        KeyPair second = rsa();
        AtomicReference<JsonObject> published = new AtomicReference<>(keySet("1", first));
        int port = vertx.createHttpServer()
                .requestHandler(
                        request -> request.response().end(published.get().encode()))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        TokenConfig config = new TokenConfig(
                Optional.empty(),
                Optional.of(java.net.URI.create("http://127.0.0.1:" + port + "/keys")),
                "issuer",
                "audience");
        Tokens theirs = new Tokens(new SigningKeys(vertx, config, Duration.ZERO), config, RevokedTokens.inMemory());

        assertThat(theirs.verify(signed("1", first)).await().name()).isEqualTo("ann");
        assertThatThrownBy(() -> theirs.verify(signed("2", second)).await()).isNotNull();
        published.set(keySet("2", second));
        assertThat(theirs.verify(signed("2", second)).await().name()).isEqualTo("ann");
        String withPublicKeyAsSecret =
                signed("HS256", claims(), new String(first.getPublic().getEncoded(), StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> theirs.verify(withPublicKeyAsSecret).await()).isNotNull();
        assertThatThrownBy(() -> theirs.issue(ANN, Duration.ofMinutes(1)))
                .isInstanceOf(countinghouse.kit.config.ConfigurationException.class);
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> tokens.verify(token).await()).isNotNull();
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "issuer")
                .put("aud", new JsonArray().add("audience"))
                .put("sub", "ann")
                .put("type", "access")
                .put("roles", new JsonArray().add("creator"))
                .put("exp", Instant.now().getEpochSecond() + 60);
    }

    private static String signed(String algorithm, JsonObject claims, String secret) throws Exception {
        String text = encoded(new JsonObject().put("alg", algorithm).put("typ", "JWT")) + "." + encoded(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.ISO_8859_1), "HmacSHA256"));
        return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String signed(String keyId, KeyPair key) throws Exception {
        String text =
                encoded(new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", keyId)) + "."
                        + encoded(claims());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static JsonObject keySet(String keyId, KeyPair key) {
        RSAPublicKey open = (RSAPublicKey) key.getPublic();
        return new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kty", "RSA")
                                        .put("alg", "RS256")
                                        .put("use", "sig")
                                        .put("kid", keyId)
                                        .put("n", base64(open.getModulus().toByteArray()))
                                        .put(
                                                "e",
                                                base64(open.getPublicExponent().toByteArray()))));
    }

    private static String encoded(JsonObject json) {
        return base64(Buffer.buffer(json.encode()).getBytes());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
