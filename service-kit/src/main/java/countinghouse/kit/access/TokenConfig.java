package countinghouse.kit.access;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * How tokens are verified: by a shared secret (local profile only) or by the keys at a JWKS URL. There is no default.
 *
 * @param secret HMAC secret of at least 32 characters
 * @param jwksUrl where the issuer publishes its keys
 * @param issuer required {@code iss}
 * @param audience required {@code aud}
 */
public record TokenConfig(Optional<String> secret, Optional<URI> jwksUrl, String issuer, String audience) {
    private static final int MIN_SECRET_LENGTH = 32;

    public static TokenConfig from(Settings settings) {
        Optional<String> secret = settings.find("auth.jwt-secret");
        Optional<URI> jwks = settings.find("auth.jwks-url").map(URI::create);
        if (secret.isPresent() == jwks.isPresent()) {
            throw new ConfigurationException(
                    "Set exactly one of 'auth.jwks-url' and, for a local platform, 'auth.jwt-secret'");
        }
        if (secret.isPresent() && secret.get().length() < MIN_SECRET_LENGTH) {
            throw new ConfigurationException(
                    "The setting 'auth.jwt-secret' must have at least %d characters".formatted(MIN_SECRET_LENGTH));
        }
        return new TokenConfig(
                secret,
                jwks,
                settings.text("auth.issuer", "countinghouse"),
                settings.text("auth.audience", "countinghouse"));
    }
}
