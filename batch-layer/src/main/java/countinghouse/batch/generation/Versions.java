package countinghouse.batch.generation;

import countinghouse.metering.schedule.VersionPin;
import java.util.List;
import java.util.Optional;

/**
 * What counts are made with; whoever verifies them must use the same.
 *
 * @param counting every version of meters, rules and lists, with the ingest bucket that it takes effect in
 * @param backfilled meters that count since the beginning, and not only since their version took effect
 * @param bucketWidthMs of ingest buckets
 * @param batchHorizonMs of duplicates
 * @param code version of the build
 */
public record Versions(
        List<VersionPin> counting, List<String> backfilled, long bucketWidthMs, long batchHorizonMs, String code) {
    /** The version of this build, as its manifest tells it. */
    public static String ofThisBuild() {
        return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
