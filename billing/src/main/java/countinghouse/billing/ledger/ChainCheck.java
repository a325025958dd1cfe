package countinghouse.billing.ledger;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Walks a ledger from its first entry and compares it with roots noted elsewhere. The entries prove that nothing was changed alone; only
 * the roots can show that everything was changed together.
 */
final class ChainCheck {
    static final String NO_PREVIOUS = "0".repeat(64);

    private final NavigableMap<Long, String> numbered = new TreeMap<>();
    private final Set<String> unmet = new HashSet<>();
    private long number;
    private long lastAgreed;
    private String previous = NO_PREVIOUS;

    ChainCheck(List<NotedRoot> roots) {
        for (NotedRoot noted : roots) {
            if (noted.number() > 0) {
                numbered.put(noted.number(), noted.root());
            } else if (!noted.root().equals(NO_PREVIOUS)) {
                unmet.add(noted.root());
            }
        }
    }

    /** Takes the next entry; a verdict if it is wrong. */
    Optional<LedgerVerdict> accept(LedgerLine line) {
        Optional<String> problem = EntryCheck.problemOf(line, number + 1, previous);
        if (problem.isPresent()) {
            return Optional.of(LedgerVerdict.broken(number, previous, number + 1, problem.get()));
        }
        number = line.number();
        previous = HexFormat.of().formatHex(line.hash());
        unmet.remove(previous);
        String noted = numbered.get(number);
        if (noted != null && !noted.equals(previous)) {
            return Optional.of(LedgerVerdict.broken(
                    number,
                    previous,
                    lastAgreed + 1,
                    "the root of entry %d was noted as %s and is %s now; history from entry %d to %d was rewritten"
                            .formatted(number, noted, previous, lastAgreed + 1, number)));
        }
        if (noted != null) {
            lastAgreed = number;
        }
        return Optional.empty();
    }

    /** The verdict after the last entry, which must be the head. */
    LedgerVerdict complete(LedgerHead head) {
        if (head.number() != number || !head.root().equals(previous)) {
            return broken("the head says that entry %d with hash %s is the last".formatted(head.number(), head.root()));
        }
        if (!numbered.isEmpty() && numbered.lastKey() > number) {
            return broken("it is missing; the root of entry %d was noted elsewhere".formatted(numbered.lastKey()));
        }
        return unmet.isEmpty()
                ? LedgerVerdict.whole(number, previous)
                : LedgerVerdict.broken(
                        number,
                        previous,
                        lastAgreed + 1,
                        "no entry has the known root %s; history was rewritten"
                                .formatted(unmet.iterator().next()));
    }

    private LedgerVerdict broken(String problem) {
        return LedgerVerdict.broken(number, previous, number + 1, problem);
    }
}
