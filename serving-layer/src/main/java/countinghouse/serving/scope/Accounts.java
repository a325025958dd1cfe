package countinghouse.serving.scope;

import java.util.Set;

/**
 * Which accounts a query covers. That "all" is a value of its own keeps an empty set from ever meaning everybody.
 *
 * @param all whether every account is covered; {@code names} is empty then
 * @param names the covered accounts
 */
public record Accounts(boolean all, Set<String> names) {
    public static final Accounts ALL = new Accounts(true, Set.of());

    /** Exactly these accounts, possibly none. */
    public static Accounts only(Set<String> names) {
        return new Accounts(false, Set.copyOf(names));
    }
}
