package countinghouse.batch.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.metering.identity.Sha256;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.RowValue;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Adds up the events of one line, given in the order of their positions. */
final class LineAccumulator {
    private final EvidenceLine line;
    private final Meter meter;
    private final MessageDigest list = Sha256.create();
    private RowValue sum;

    LineAccumulator(EvidenceLine line, Meter meter) {
        this.line = line;
        this.meter = meter;
    }

    EvidenceLine line() {
        return line;
    }

    void add(EvidenceEvent event) {
        Quantity value = new Quantity(event.value());
        Fingerprint fingerprint = Fingerprint.of(
                event.position().topic(),
                event.position().partition(),
                event.position().offset(),
                event.identity(),
                value);
        RowValue one = RowValue.of(value, fingerprint);
        sum = sum == null ? one : sum.merge(meter.aggregation(), one);
        String entry = "%s|%s|%s\n"
                .formatted(
                        event.position(),
                        HexFormat.of().formatHex(event.identity().toBytes()),
                        Decimals.text(event.value()));
        list.update(entry.getBytes(UTF_8));
    }

    LineEvidence complete() {
        String digest = HexFormat.of().formatHex(list.digest());
        return sum == null
                ? new LineEvidence(0, Decimals.atScale(BigDecimal.ZERO), Fingerprint.ZERO, digest)
                : new LineEvidence(sum.n(), sum.value(), sum.fingerprint(), digest);
    }
}
