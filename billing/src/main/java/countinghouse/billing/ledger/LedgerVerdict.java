package countinghouse.billing.ledger;

import java.util.Optional;

/**
 * What checking the ledger found.
 *
 * @param ok whether the chain is whole
 * @param entries checked
 * @param root hash of the last entry checked, in hex
 * @param firstBroken number of the first entry that is wrong
 * @param problem what is wrong with it
 */
public record LedgerVerdict(
        boolean ok, long entries, String root, Optional<Long> firstBroken, Optional<String> problem) {
    static LedgerVerdict whole(long entries, String root) {
        return new LedgerVerdict(true, entries, root, Optional.empty(), Optional.empty());
    }

    static LedgerVerdict broken(long entries, String root, long number, String problem) {
        return new LedgerVerdict(false, entries, root, Optional.of(number), Optional.of(problem));
    }
}
