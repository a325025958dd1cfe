package countinghouse.billing.verify;

import java.util.List;
import java.util.Optional;

/**
 * Some raw events in the order of their positions.
 *
 * @param events at most as many as asked for
 * @param next where to go on; empty at the end
 */
public record RawEventPage(List<RawEvent> events, Optional<String> next) {}
