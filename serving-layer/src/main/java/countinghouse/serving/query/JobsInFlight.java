package countinghouse.serving.query;

import countinghouse.serving.tier.AccountTiers;
import countinghouse.serving.tier.TiersUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The jobs in flight of some accounts, by account and by the tier that each account has now. */
final class JobsInFlight {
    private static final String NO_TIER = "";
    private static final Comparator<String> NO_TIER_LAST =
            Comparator.comparing((String tier) -> tier.equals(NO_TIER)).thenComparing(Comparator.naturalOrder());

    /** How many jobs are in which state. */
    private static final class Jobs {
        private final Map<String, Integer> byState = new TreeMap<>();
        private int accounts;

        void add(Map<String, String> entries) {
            accounts++;
            entries.values().forEach(text -> byState.merge(text.substring(text.lastIndexOf('|') + 1), 1, Integer::sum));
        }

        void putInto(Map<String, Object> fields) {
            fields.put(
                    "inFlight",
                    byState.values().stream().mapToInt(Integer::intValue).sum());
            fields.put("byState", byState);
        }
    }

    private final Map<String, Map<String, String>> entries;
    private final Map<String, String> tiers;
    private final String tiersMissing;

    private JobsInFlight(Map<String, Map<String, String>> entries, Map<String, String> tiers, String tiersMissing) {
        this.entries = new TreeMap<>(entries);
        this.tiers = tiers;
        this.tiersMissing = tiersMissing;
    }

    /** @param entries by account, field job id, value {@code events|bucket|state} */
    static JobsInFlight of(Map<String, Map<String, String>> entries, AccountTiers tiers) {
        try {
            return new JobsInFlight(entries, tiers.of(entries.keySet()), null);
        } catch (TiersUnavailableException e) {
            return new JobsInFlight(entries, Map.of(), e.getMessage());
        }
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", byAccount());
        if (tiersMissing == null) {
            fields.put("byTier", byTier());
        } else {
            fields.put("tiersMissing", tiersMissing);
        }
        return fields;
    }

    private List<Map<String, Object>> byAccount() {
        List<Map<String, Object>> data = new ArrayList<>();
        entries.forEach((account, jobs) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("subject", account);
            if (tiersMissing == null) {
                fields.put("tier", tiers.get(account));
            }
            Jobs own = new Jobs();
            own.add(jobs);
            own.putInto(fields);
            data.add(fields);
        });
        return data;
    }

    /** Accounts that have none come last. */
    private List<Map<String, Object>> byTier() {
        Map<String, Jobs> sums = new TreeMap<>(NO_TIER_LAST);
        entries.forEach(
                (account, jobs) -> sums.computeIfAbsent(tiers.getOrDefault(account, NO_TIER), ignored -> new Jobs())
                        .add(jobs));
        List<Map<String, Object>> groups = new ArrayList<>();
        sums.forEach((tier, jobs) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("tier", tier.equals(NO_TIER) ? null : tier);
            fields.put("accounts", jobs.accounts);
            jobs.putInto(fields);
            groups.add(fields);
        });
        return groups;
    }
}
