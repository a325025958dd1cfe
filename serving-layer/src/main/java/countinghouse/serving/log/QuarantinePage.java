package countinghouse.serving.log;

import java.util.List;
import java.util.Map;

/**
 * Some entries of the quarantine, newest first.
 *
 * @param entries that the filter admits, with their texts cut short
 * @param reasons of all records that were looked at, and how many each has
 * @param older exclusive ends of what was not looked at yet, by partition; empty if that is nothing
 */
public record QuarantinePage(List<QuarantineEntry> entries, Map<String, Long> reasons, Map<Integer, Long> older) {
    /** How many records were looked at. */
    public long scanned() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }
}
