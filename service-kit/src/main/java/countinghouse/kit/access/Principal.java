package countinghouse.kit.access;

import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param name the token's subject
 * @param roles at least one
 * @param accounts the accounts that a creator or customer may see; ignored for the other roles
 */
public record Principal(String name, Set<AccessRole> roles, Set<String> accounts) {
    static final String KEY = "countinghouse.principal";

    private static final Set<AccessRole> SEE_EVERYTHING =
            Set.of(AccessRole.ADMIN, AccessRole.BILLING, AccessRole.ANALYST);

    /** The caller of a request that passed {@link Access#require}. */
    public static Principal of(RoutingContext context) {
        return context.get(KEY);
    }

    public boolean seesEverything() {
        return hasOneOf(SEE_EVERYTHING);
    }

    boolean hasOneOf(Set<AccessRole> wanted) {
        // No stream: this runs for every request.
        for (AccessRole role : roles) {
            if (wanted.contains(role)) {
                return true;
            }
        }
        return false;
    }

    public boolean maySee(String account) {
        return seesEverything() || accounts.contains(account);
    }

    /**
     * Refuses a request for what belongs to others, in the words used for what does not exist.
     *
     * @throws ProblemException 404
     */
    public void requireMaySee(String account) {
        if (!maySee(account)) {
            throw new ProblemException(
                    KitError.NOT_FOUND, "There is no account '%s' that you may see".formatted(account));
        }
    }
}
