package countinghouse.billing.account;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A party that is billed or paid.
 *
 * @param account its id, the subject of its events
 * @param name for people
 * @param zone fixes the boundaries of its billing periods, and nothing else
 * @param tiers its tier assignments in ascending order; at least one
 * @param overrides what was agreed with it, in the order of agreement
 * @param registeredAt when it was registered
 */
public record Account(
        String account,
        String name,
        ZoneId zone,
        List<TierAssignment> tiers,
        List<AccountOverride> overrides,
        Instant registeredAt) {
    public Account {
        tiers = tiers.stream()
                .sorted(Comparator.comparing(TierAssignment::effectiveFrom))
                .toList();
        overrides = List.copyOf(overrides);
    }

    /** The assignment in force at an instant; empty before the first. */
    public Optional<TierAssignment> tierAt(Instant at) {
        return tiers.stream()
                .filter(assignment -> !assignment.effectiveFrom().isAfter(at))
                .reduce((earlier, later) -> later);
    }

    /** The override in force at an instant: the one with the latest start, of those the one agreed last. Empty if there is none. */
    public Optional<AccountOverride> overrideAt(Instant at) {
        return overrides.stream()
                .filter(override -> !override.effectiveFrom().isAfter(at))
                .max(Comparator.comparing(AccountOverride::effectiveFrom).thenComparing(AccountOverride::number));
    }
}
