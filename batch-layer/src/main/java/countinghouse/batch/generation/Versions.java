package countinghouse.batch.generation;

import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.rules.ViewRules;
import java.util.Optional;

/**
 * What counts are made with; whoever verifies them must use the same.
 *
 * @param meters version of the meter catalogue
 * @param viewRules version of the validity rules
 * @param lists version of the rules' lists
 * @param bucketWidthMs of ingest buckets
 * @param batchHorizonMs of duplicates
 * @param code version of the build
 */
public record Versions(int meters, int viewRules, int lists, long bucketWidthMs, long batchHorizonMs, String code) {
    /** The versions of this build. */
    public static Versions ofThisBuild(long bucketWidthMs, long batchHorizonMs) {
        String code = Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new Versions(
                MeterCatalog.standard().version(),
                ViewRules.VERSION,
                ViewRules.standard().listVersion(),
                bucketWidthMs,
                batchHorizonMs,
                code);
    }
}
