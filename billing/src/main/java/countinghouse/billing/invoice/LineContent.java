package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.rating.Detail;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a line's amount follows from.
 *
 * @param item of the plan
 * @param description for people
 * @param plan name of the plan
 * @param planVersion pinned version of the plan
 * @param planDigest SHA-256 of the version's canonical JSON, in hex
 * @param range event time that the line covers
 * @param share the part of the period that the range is; applies to fixed amounts
 * @param metered the usage; empty for fixed amounts
 * @param details the working, exact
 */
public record LineContent(
        String item,
        String description,
        String plan,
        int planVersion,
        String planDigest,
        TimeRange range,
        Share share,
        Optional<MeteredEvidence> metered,
        List<Detail> details) {}
