package countinghouse.billing.idempotency;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.ledger.CanonicalJson;
import java.util.Map;

/**
 * A change that its caller may send again without making it again.
 *
 * @param caller who asks; keys of different callers never meet
 * @param key the caller's name for the change, 1 to 255 characters
 * @param digest SHA-256 over everything that says what is asked
 */
public record KeyedRequest(String caller, String key, byte[] digest) {
    private static final int MAX_KEY_LENGTH = 255;

    public KeyedRequest {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new BillingException(
                    BillingError.INVALID_REQUEST,
                    "The header 'Idempotency-Key' has %d characters; send 1 to %d, not all blank"
                            .formatted(key.length(), MAX_KEY_LENGTH));
        }
    }

    /** The request of a method to a URI (path and query) with a body. */
    public static KeyedRequest of(String caller, String key, String method, String uri, String body) {
        String asked = CanonicalJson.text(Map.of("method", method, "uri", uri, "body", body));
        return new KeyedRequest(caller, key, CanonicalJson.sha256(asked));
    }
}
