package countinghouse.batch.reconcile;

import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import java.io.Serializable;
import java.time.Instant;

/**
 * A row that differs, by name.
 *
 * @param bucket start of its ingest bucket; of its ingest day where published rows are compared
 * @param meter slug
 * @param account whose row
 * @param dimensions canonical JSON
 * @param cell start of its cell of event time
 * @param partition its source partition; empty where published rows are compared
 * @param reason of the difference
 * @param expected {@code n|value|fingerprint} of the run's row; null if it has none
 * @param found the same of the row that is compared with it; null if there is none
 */
public record DifferingRow(
        Instant bucket,
        String meter,
        String account,
        String dimensions,
        Instant cell,
        String partition,
        String reason,
        String expected,
        String found)
        implements Serializable {
    static DifferingRow of(RowKey key, String reason, RowValue expected, RowValue found) {
        return new DifferingRow(
                Instant.ofEpochMilli(key.bucketMs()),
                key.meter(),
                key.account(),
                key.dimensions(),
                Instant.ofEpochMilli(key.cellMs()),
                key.partition(),
                reason,
                text(expected),
                text(found));
    }

    /** In a line, for a person. */
    String line() {
        return "%s: %s of '%s' %s, bucket %s, cell %s%s: expected %s, found %s"
                .formatted(
                        reason,
                        meter,
                        account,
                        dimensions,
                        bucket,
                        cell,
                        partition.isEmpty() ? "" : ", " + partition,
                        expected,
                        found);
    }

    /** Without the sketch of a unique count, which nobody can read. */
    private static String text(RowValue value) {
        return value == null
                ? null
                : RowText.value(new RowValue(value.n(), new Quantity(value.value()), value.fingerprint()));
    }
}
