package countinghouse.billing.invoice;

import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that a run could not bill.
 *
 * @param count how many
 * @param named the first of them, at most {@value #MAX_NAMED}
 */
public record UnratedAccounts(long count, List<UnratedAccount> named) {
    public static final UnratedAccounts NONE = new UnratedAccounts(0, List.of());
    private static final int MAX_NAMED = 1000;

    public UnratedAccounts {
        named = List.copyOf(named);
    }

    /** Both together. */
    public UnratedAccounts plus(UnratedAccounts more) {
        List<UnratedAccount> both = new ArrayList<>(named);
        more.named.stream().limit(MAX_NAMED - (long) named.size()).forEach(both::add);
        return new UnratedAccounts(count + more.count, both);
    }

    static UnratedAccounts of(List<UnratedAccount> all) {
        return NONE.plus(new UnratedAccounts(all.size(), all));
    }
}
