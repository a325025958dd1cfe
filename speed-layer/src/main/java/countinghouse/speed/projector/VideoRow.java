package countinghouse.speed.projector;

import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.row.RowKey;
import countinghouse.schemas.VideoAccounts;

/**
 * That an account has rows of these dimensions.
 *
 * @param day of the bucket, as {@link VideoAccounts} counts days
 * @param dimensions canonical JSON
 */
record VideoRow(long day, String dimensions, String account) {
    private static final String ONLY_VIDEO = "{\"" + VideoAccounts.DIMENSION + "\":\"";
    private static final String ONLY_VIDEO_END = "\"}";

    static VideoRow of(RowKey row) {
        return new VideoRow(VideoAccounts.dayOf(row.bucketMs()), row.dimensions(), row.account());
    }

    /** The video; null if the dimensions name none. */
    String video() {
        int end = dimensions.length() - ONLY_VIDEO_END.length();
        // Nearly all are of this form, which needs no parser.
        boolean plain = dimensions.startsWith(ONLY_VIDEO)
                && dimensions.indexOf('"', ONLY_VIDEO.length()) == end
                && dimensions.endsWith(ONLY_VIDEO_END)
                && dimensions.indexOf('\\') < 0;
        return plain
                ? dimensions.substring(ONLY_VIDEO.length(), end)
                : Dimensions.parse(dimensions).get(VideoAccounts.DIMENSION);
    }

    /** Every row is looked up; what a record has by itself is several times slower before it is compiled well. */
    @Override
    public boolean equals(Object other) {
        return other instanceof VideoRow row
                && day == row.day
                && dimensions.equals(row.dimensions)
                && account.equals(row.account);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(day) + dimensions.hashCode()) + account.hashCode();
    }
}
