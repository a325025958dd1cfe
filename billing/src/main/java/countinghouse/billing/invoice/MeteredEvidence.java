package countinghouse.billing.invoice;

import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which usage a line charges, and where it was counted.
 *
 * @param meter of what
 * @param accountDimension the dimension that names the account, if it is not the event's own
 * @param n number of events
 * @param quantity the meter's value over them, exact
 * @param fingerprint of the events
 */
public record MeteredEvidence(
        String meter, Optional<String> accountDimension, long n, BigDecimal quantity, Fingerprint fingerprint) {}
