package countinghouse.kit.access.key;

import countinghouse.kit.access.AccessRole;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a key is for.
 *
 * @param producer whom it was given to
 * @param sources CloudEvents sources that it may send
 * @param accounts accounts that it may send events of; the names among them are also what it may read
 * @param roles PRODUCER, and for one that also reads ANALYST or CUSTOMER
 * @param eventsPerSecond at least 1
 */
public record KeyGrant(
        String producer, NamePatterns sources, NamePatterns accounts, Set<AccessRole> roles, int eventsPerSecond) {
    private static final Set<AccessRole> ALLOWED =
            EnumSet.of(AccessRole.PRODUCER, AccessRole.ANALYST, AccessRole.CUSTOMER, AccessRole.CREATOR);

    /**
     * Checks the grant.
     *
     * @throws IllegalArgumentException if the producer has no name, a role is not for keys, or the rate is below 1
     */
    public KeyGrant {
        roles = Set.copyOf(roles);
        if (producer.isBlank()) {
            throw new IllegalArgumentException("The producer must have a name");
        }
        if (roles.isEmpty() || !ALLOWED.containsAll(roles)) {
            throw new IllegalArgumentException("The roles are %s; a key may have %s".formatted(roles, ALLOWED));
        }
        if (eventsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "The rate is %d events/s; it must be at least 1".formatted(eventsPerSecond));
        }
    }
}
