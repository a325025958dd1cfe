package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.kit.http.ProblemException;
import countinghouse.serving.scope.Accounts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which accounts a request covers. */
public final class AccountScope {
    private AccountScope() {}

    /**
     * The accounts that a caller asks for; without any, all that the caller may see.
     *
     * @throws ProblemException 404 if the caller may not see one of them
     */
    public static Accounts of(Principal caller, List<String> asked) {
        asked.forEach(caller::requireMaySee);
        if (!asked.isEmpty()) {
            return Accounts.only(asked.size() == 1 ? Set.of(asked.get(0)) : new HashSet<>(asked));
        }
        return caller.seesEverything() ? Accounts.ALL : Accounts.only(caller.accounts());
    }
}
