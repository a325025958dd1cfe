package countinghouse.billing.invoice;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A wish to give something back.
 *
 * @param document id of a finalized or paid document
 * @param line number of one of its lines; empty for the whole
 * @param amount above 0
 * @param reason 1 to 500 characters
 */
public record CreditRequest(String document, Optional<Integer> line, BigDecimal amount, String reason) {}
