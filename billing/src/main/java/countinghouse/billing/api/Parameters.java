package countinghouse.billing.api;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import io.vertx.ext.web.RoutingContext;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The parameters of a request's query string. */
final class Parameters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    private final RoutingContext context;

    Parameters(RoutingContext context) {
        this.context = context;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(context.request().getParam(name)).filter(value -> !value.isBlank());
    }

    Instant instant(String name) {
        String value = text(name)
                .orElseThrow(() -> invalid(
                        "The parameter '%s' is missing: an instant such as 2026-10-01T00:00:00Z".formatted(name)));
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw invalid("The parameter '%s' is '%s'; it must be an instant such as 2026-10-01T00:00:00Z"
                    .formatted(name, value));
        }
    }

    /** How many to answer with: 50, at most 100. */
    int limit() {
        int limit = text("limit").map(Parameters::number).orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid("The parameter 'limit' is %d; it must be 1 to %d".formatted(limit, MAX_LIMIT));
        }
        return limit;
    }

    /** What {@link #cursor(String)} was made of; empty for the first page. */
    String cursor() {
        try {
            return text("cursor").map(Parameters::position).orElse("");
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw invalid("The parameter 'cursor' is not one that this API gave out");
        }
    }

    /** An opaque text that leads to the next page. Its checksum tells one that was cut off from one that leads to nothing more. */
    static String cursor(String after) {
        byte[] text = after.getBytes(StandardCharsets.UTF_8);
        ByteBuffer cursor = ByteBuffer.allocate(Integer.BYTES + text.length);
        cursor.putInt(checksum(text)).put(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    private static String position(String cursor) {
        ByteBuffer read = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        int checksum = read.getInt();
        byte[] text = new byte[read.remaining()];
        read.get(text);
        if (checksum(text) != checksum) {
            throw new IllegalArgumentException("The checksum of the cursor is wrong");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text);
        return (int) checksum.getValue();
    }

    static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw invalid("'%s' is not a whole number".formatted(text));
        }
    }

    static BillingException invalid(String message) {
        return new BillingException(BillingError.INVALID_REQUEST, message);
    }
}
