package countinghouse.billing.api;

import countinghouse.kit.access.AccessRole;
import java.util.List;

/** Who may use a route. */
enum Audience {
    /** Everybody who has books here; creators and customers see their own. */
    READERS(AccessRole.ADMIN, AccessRole.BILLING, AccessRole.ANALYST, AccessRole.CREATOR, AccessRole.CUSTOMER),
    /** Who sees all books. */
    STAFF(AccessRole.ADMIN, AccessRole.BILLING, AccessRole.ANALYST),
    /** Who may change them. */
    BOOKKEEPERS(AccessRole.ADMIN, AccessRole.BILLING),
    /** Who runs the platform. */
    ADMINS(AccessRole.ADMIN),
    /** Who lets jobs in; customers ask for themselves. */
    ADMITTERS(AccessRole.ADMIN, AccessRole.BILLING, AccessRole.PRODUCER, AccessRole.CUSTOMER);

    private final List<AccessRole> roles;

    Audience(AccessRole... roles) {
        this.roles = List.of(roles);
    }

    AccessRole[] roles() {
        return roles.toArray(AccessRole[]::new);
    }
}
