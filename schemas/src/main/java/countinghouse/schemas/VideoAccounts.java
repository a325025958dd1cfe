package countinghouse.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which accounts have live rows of a video: sets of video and account, by UTC day of the ingest bucket (ADR 0161). They may name an account
 * that has none; they lack none once {@link #COMPLETE} is among the days.
 */
public final class VideoAccounts {
    /** The meters whose rows are listed. */
    public static final Set<String> METERS = Set.of("views", "billable_views");

    /** The dimension that they are listed by. */
    public static final String DIMENSION = "video_id";

    /** Stands among the days when every row of the epoch is listed. */
    public static final String COMPLETE = "complete";

    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    /** A day's entries lie in so many keys: a reader looks through one of them, and a cluster spreads them. */
    private static final int PARTS = 256;

    private static final Pattern GLOB = Pattern.compile("[*?\\[\\\\]");

    private static final char SEPARATOR = '\u0000';

    private VideoAccounts() {}

    /** Set of the days that have entries, as numbers of days since 1970. */
    public static String days(long epoch) {
        return "ch:video-accounts:" + epoch;
    }

    /** The day that a bucket begins on. */
    public static long dayOf(long bucketMs) {
        return Math.floorDiv(bucketMs, DAY_MS);
    }

    /** Set with the accounts of a video, among others. */
    public static String key(long day, String video, long epoch) {
        return key(day, Math.floorMod(video.hashCode(), PARTS), epoch);
    }

    /** Everything that a day may have. */
    public static List<String> keys(long day, long epoch) {
        return IntStream.range(0, PARTS).mapToObj(part -> key(day, part, epoch)).toList();
    }

    private static String key(long day, int part, long epoch) {
        return "ch:video-accounts:" + day + ":" + part + ":" + epoch;
    }

    public static String entry(String video, String account) {
        return video + SEPARATOR + account;
    }

    /** The glob pattern of the entries of a video, as SSCAN takes it. */
    public static String pattern(String video) {
        return GLOB.matcher(video).replaceAll("\\\\$0") + SEPARATOR + "*";
    }

    public static String account(String entry) {
        return entry.substring(entry.indexOf(SEPARATOR) + 1);
    }
}
