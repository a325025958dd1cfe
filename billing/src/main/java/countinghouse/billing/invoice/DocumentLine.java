package countinghouse.billing.invoice;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A line of an invoice or pay-out statement.
 *
 * @param n from 1
 * @param amount rounded once, at the currency's scale
 * @param content what it follows from
 * @param listDigest SHA-256 over the position-ordered raw events, in hex; empty until checked, and for fixed amounts
 */
public record DocumentLine(int n, BigDecimal amount, LineContent content, Optional<String> listDigest) {}
