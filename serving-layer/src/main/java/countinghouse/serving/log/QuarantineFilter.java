package countinghouse.serving.log;

import countinghouse.schemas.QuarantinedEvent;
import java.util.Locale;
import java.util.Optional;

/**
 * Which quarantined events are asked for; what is empty admits all.
 *
 * @param reason rule id
 * @param account CloudEvents subject
 * @param source CloudEvents source
 * @param text part of the message or of the event as received, in any case
 */
public record QuarantineFilter(
        Optional<String> reason, Optional<String> account, Optional<String> source, Optional<String> text) {
    static final QuarantineFilter ALL =
            new QuarantineFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean admits(QuarantinedEvent event) {
        return reason.filter(wanted -> !wanted.equals(event.reason())).isEmpty()
                && account.filter(wanted -> !wanted.equals(event.account())).isEmpty()
                && source.filter(wanted -> !wanted.equals(event.source())).isEmpty()
                && text.filter(wanted -> !contains(event.message(), wanted) && !contains(event.payload(), wanted))
                        .isEmpty();
    }

    private static boolean contains(String whole, String part) {
        return whole != null && whole.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
