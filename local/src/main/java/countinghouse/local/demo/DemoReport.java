package countinghouse.local.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the demo proved, in the names of its JSON report. */
public record DemoReport(
        @JsonProperty("events_sent") long eventsSent,
        @JsonProperty("accepted") long accepted,
        @JsonProperty("quarantined") long quarantined,
        @JsonProperty("ads_exploded") long adsExploded,
        @JsonProperty("archived") long archived,
        @JsonProperty("counted") long counted,
        @JsonProperty("unmetered") long unmetered,
        @JsonProperty("duplicates") long duplicates,
        @JsonProperty("duplicates_in_truth") long duplicatesInTruth,
        @JsonProperty("invalid") long invalid,
        @JsonProperty("ticks") long ticks,
        @JsonProperty("total_before_publish") BigDecimal totalBeforePublish,
        @JsonProperty("total_during_publish_min") BigDecimal totalDuringPublishMin,
        @JsonProperty("total_during_publish_max") BigDecimal totalDuringPublishMax,
        @JsonProperty("total_after_publish") BigDecimal totalAfterPublish,
        @JsonProperty("reads_during_publish") long readsDuringPublish,
        @JsonProperty("reconcile_rows") long reconcileRows,
        @JsonProperty("reconcile_mismatches") long reconcileMismatches,
        @JsonProperty("truth_rows_compared") long truthRowsCompared,
        @JsonProperty("truth_mismatches") long truthMismatches,
        @JsonProperty("invoices") long invoices,
        @JsonProperty("invoice_total") BigDecimal invoiceTotal,
        @JsonProperty("lines_verified") long linesVerified,
        @JsonProperty("lines_failed") long linesFailed,
        @JsonProperty("audit_ok") boolean auditOk,
        @JsonProperty("seconds") BigDecimal seconds,
        @JsonProperty("memory_mb") long memoryMb) {

    private static final int MIN_READS = 20;

    /** Every disagreement between the figures, as a sentence; none if everything that should hold does. */
    public List<String> disagreements() {
        List<String> found = new ArrayList<>();
        equal(found, "events_sent", eventsSent, "accepted + quarantined", accepted + quarantined);
        equal(found, "archived", archived, "accepted + ads_exploded + ticks", accepted + adsExploded + ticks);
        equal(
                found,
                "archived",
                archived,
                "counted + unmetered + duplicates + invalid + ticks",
                counted + unmetered + duplicates + invalid + ticks);
        equal(found, "duplicates", duplicates, "the truth's duplicates", duplicatesInTruth);
        equal(found, "total_during_publish_min", totalDuringPublishMin, "total_before_publish", totalBeforePublish);
        equal(found, "total_during_publish_max", totalDuringPublishMax, "total_before_publish", totalBeforePublish);
        equal(found, "total_after_publish", totalAfterPublish, "total_before_publish", totalBeforePublish);
        zero(found, "reconcile_mismatches", reconcileMismatches);
        zero(found, "truth_mismatches", truthMismatches);
        zero(found, "lines_failed", linesFailed);
        positive(found, "reconcile_rows", reconcileRows);
        positive(found, "truth_rows_compared", truthRowsCompared);
        positive(found, "lines_verified", linesVerified);
        positive(found, "duplicates", duplicates);
        if (readsDuringPublish < MIN_READS) {
            found.add("reads_during_publish is %d, fewer than %d".formatted(readsDuringPublish, MIN_READS));
        }
        if (!auditOk) {
            found.add("the audit ledger does not verify");
        }
        return List.copyOf(found);
    }

    private static void equal(List<String> found, String name, long value, String otherName, long other) {
        if (value != other) {
            found.add("%s is %d, but %s is %d".formatted(name, value, otherName, other));
        }
    }

    private static void equal(List<String> found, String name, BigDecimal value, String otherName, BigDecimal other) {
        if (value.compareTo(other) != 0) {
            found.add("%s is %s, but %s is %s".formatted(name, value, otherName, other));
        }
    }

    private static void zero(List<String> found, String name, long value) {
        if (value != 0) {
            found.add("%s is %d instead of 0".formatted(name, value));
        }
    }

    private static void positive(List<String> found, String name, long value) {
        if (value <= 0) {
            found.add("%s is %d: nothing was proven".formatted(name, value));
        }
    }
}
