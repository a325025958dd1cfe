package countinghouse.metering.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without a look-up per call: a digest per thread. */
public final class Sha256 {
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::create);

    private Sha256() {}

    /** A new digest of the caller's own, for hashing over time. */
    public static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The SHA-256 of a text's UTF-8 bytes. */
    public static byte[] of(String text) {
        return DIGEST.get().digest(text.getBytes(UTF_8));
    }

    /** This thread's digest, reset; to be used up before anything else on this thread hashes. */
    static MessageDigest digest() {
        MessageDigest digest = DIGEST.get();
        digest.reset();
        return digest;
    }
}
