package countinghouse.kit.access.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its producer holds it: {@code chk_ID_SECRET}, the id to find it by, and 256 random bits. So many need no slow hash: SHA-256 of
 * them can only be guessed by trying them all.
 */
public record KeyText(String id, String secret) {
    /** Tells keys from tokens, for us and for scanners that look for leaked secrets. */
    public static final String PREFIX = "chk_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-f]{16})_([0-9a-f]{64})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    /** A new key. */
    public static KeyText random(SecureRandom random) {
        return new KeyText(hex(random, ID_BYTES), hex(random, SECRET_BYTES));
    }

    /** The key of a text; empty if it does not have the form of one. */
    public static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Whether a credential means to be a key. */
    public static boolean isMeant(String credential) {
        return credential.startsWith(PREFIX);
    }

    /** What is stored of the secret. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The whole key. For its producer only: never logged. */
    public String text() {
        return PREFIX + id + "_" + secret;
    }

    @Override
    public String toString() {
        return PREFIX + id + "_...";
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
