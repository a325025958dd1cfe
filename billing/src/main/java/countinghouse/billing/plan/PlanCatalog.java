package countinghouse.billing.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All plan versions, and which is in force when. */
public final class PlanCatalog {
    private final List<PlanVersion> versions;

    private PlanCatalog(Collection<PlanVersion> versions) {
        this.versions = versions.stream()
                .sorted(Comparator.comparing(PlanVersion::name).thenComparing(PlanVersion::version))
                .toList();
        Set<String> references = new HashSet<>();
        for (PlanVersion version : this.versions) {
            if (!references.add(version.reference())) {
                throw new PlanException("The plan %s is there twice".formatted(version.reference()));
            }
        }
    }

    /**
     * A catalog in which nothing is missing.
     *
     * @param billedMeters meters that every plan for a tier must price
     * @throws PlanException if a plan misses a rate
     */
    public static PlanCatalog complete(Collection<PlanVersion> versions, Set<String> billedMeters) {
        versions.forEach(version -> requireRates(version, billedMeters));
        return new PlanCatalog(versions);
    }

    /** A catalog of versions that were complete when they were loaded; meters that are billed since then are not their concern. */
    static PlanCatalog loaded(Collection<PlanVersion> versions) {
        return new PlanCatalog(versions);
    }

    public List<PlanVersion> versions() {
        return versions;
    }

    /** Every meter that a kind of document needs. */
    public Set<String> meters(DocumentKind kind) {
        return versions.stream()
                .filter(version -> version.kind() == kind)
                .flatMap(version -> version.items().stream())
                .flatMap(item -> item.meter().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The version that prices a tier at an instant.
     *
     * @throws PlanException if none is in force
     */
    public PlanVersion forTier(Tier tier, Instant at) {
        return latest(DocumentKind.INVOICE, Optional.of(tier), at)
                .orElseThrow(() -> new PlanException(
                        "No plan for the tier %s is in force at %s; add one to the plans".formatted(tier.label(), at)));
    }

    /**
     * The version that prices pay-outs at an instant.
     *
     * @throws PlanException if none is in force
     */
    public PlanVersion forPayouts(Instant at) {
        return latest(DocumentKind.PAYOUT, Optional.empty(), at)
                .orElseThrow(() -> new PlanException(
                        "No plan for pay-outs is in force at %s; add one to the plans".formatted(at)));
    }

    /** The version that is in force at an instant where another one would be; empty if there is none. */
    Optional<PlanVersion> inForce(PlanVersion other, Instant at) {
        return latest(other.kind(), other.tier(), at);
    }

    private Optional<PlanVersion> latest(DocumentKind kind, Optional<Tier> tier, Instant at) {
        return versions.stream()
                .filter(version -> version.kind() == kind && version.tier().equals(tier))
                .filter(version -> !version.effectiveFrom().isAfter(at))
                .max(Comparator.comparing(PlanVersion::effectiveFrom).thenComparing(PlanVersion::version));
    }

    private static void requireRates(PlanVersion version, Set<String> billedMeters) {
        Set<String> missing = new TreeSet<>(billedMeters);
        version.items().forEach(item -> item.meter().ifPresent(missing::remove));
        if (version.kind() == DocumentKind.INVOICE && !missing.isEmpty()) {
            throw new PlanException("The plan %s has no rate for %s; a missing rate is not zero"
                    .formatted(version.reference(), missing));
        }
    }
}
