package countinghouse.ingestion.source;

import java.util.List;
import java.util.stream.IntStream;

/** Numbered names and accounts. */
final class Numbering {
    private Numbering() {}

    /** {@code creator-001}, {@code creator-002}... */
    static List<String> names(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "%s-%03d".formatted(prefix, i))
                .toList();
    }

    /** Accounts whose tiers take turns, most of them in the lower ones. */
    static List<SourceAccount> accounts(String role, int count) {
        List<Tier> turns =
                List.of(Tier.FREE, Tier.PRO, Tier.FREE, Tier.PREMIUM, Tier.FREE, Tier.PRO, Tier.FREE, Tier.VIP);
        List<String> names = names(role, count);
        return IntStream.range(0, count)
                .mapToObj(i -> new SourceAccount(names.get(i), role, turns.get(i % turns.size())))
                .toList();
    }
}
