package countinghouse.billing.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks: {@code t=SECONDS,v1=HEX}, HEX being the HMAC-SHA256 of {@code SECONDS.BODY}. The time is signed too, so that an old request cannot be
 * sent again later.
 */
public final class WebhookSignature {
    /** The header that carries it. */
    public static final String HEADER = "Countinghouse-Signature";

    private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    public static String sign(String secret, Instant at, String body) {
        return "t=%d,v1=%s"
                .formatted(at.getEpochSecond(), HexFormat.of().formatHex(mac(secret, at.getEpochSecond(), body)));
    }

    /**
     * Whether a signature is right and not old; for receivers.
     *
     * @param tolerance how far its time may be from now
     */
    public static boolean verify(String secret, String signature, String body, Instant now, Duration tolerance) {
        Matcher parts = FORM.matcher(signature);
        if (!parts.matches()) {
            return false;
        }
        long seconds = Long.parseLong(parts.group(1));
        Duration age = Duration.between(Instant.ofEpochSecond(seconds), now).abs();
        byte[] expected = mac(secret, seconds, body);
        return age.compareTo(tolerance) <= 0
                && MessageDigest.isEqual(expected, HexFormat.of().parseHex(parts.group(2)));
    }

    private static byte[] mac(String secret, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return mac.doFinal((seconds + "." + body).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
