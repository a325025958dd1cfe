package countinghouse.ingestion.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Pseudonyms: a keyed hash (HMAC-SHA256) that joins what belongs together and cannot be turned back without the key. */
public final class NetworkHash {
    /** The setting that holds the key; whoever erases it erases the link to persons. */
    public static final String KEY_SETTING = "privacy.network-hash-key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_LENGTH = 16;
    private static final int PSEUDONYM_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * Pseudonyms under a key.
     *
     * @throws ConfigurationException if the key has fewer than 16 characters
     */
    public NetworkHash(String key) {
        if (key.length() < MIN_KEY_LENGTH) {
            throw new ConfigurationException(
                    "The setting '%s' must have at least %d characters".formatted(KEY_SETTING, MIN_KEY_LENGTH));
        }
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    public static NetworkHash from(Settings settings) {
        return new NetworkHash(settings.text(KEY_SETTING));
    }

    /** The pseudonym of a text: 32 hex digits. */
    public String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)), 0, PSEUDONYM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
