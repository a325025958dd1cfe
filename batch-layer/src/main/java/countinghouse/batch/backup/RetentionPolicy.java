package countinghouse.batch.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many backups stay: of the last days, weeks, months and years (of UTC) that have any, the newest of each. The newest of all always stays.
 */
public record RetentionPolicy(int days, int weeks, int months, int years) {
    private static final Pattern TEXT = Pattern.compile("(?:(\\d+)d)?,?(?:(\\d+)w)?,?(?:(\\d+)m)?,?(?:(\\d+)y)?");

    /**
     * Reads {@code 7d,4w,12m,5y}; what is left out is 0.
     *
     * @throws IllegalArgumentException if it says something else, or nothing
     */
    public static RetentionPolicy parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || text.chars().noneMatch(Character::isDigit)) {
            throw new IllegalArgumentException("'%s' is not like 7d,4w,12m,5y".formatted(text));
        }
        return new RetentionPolicy(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    /** Those that stay. */
    Set<Instant> kept(Collection<Instant> backups) {
        List<Instant> newestFirst =
                backups.stream().sorted(Comparator.reverseOrder()).toList();
        Set<Instant> kept = new HashSet<>(newestFirst.subList(0, Math.min(1, newestFirst.size())));
        keep(newestFirst, days, time -> time.truncatedTo(ChronoUnit.DAYS), kept);
        keep(
                newestFirst,
                weeks,
                time -> time.get(IsoFields.WEEK_BASED_YEAR) * 100 + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                kept);
        keep(newestFirst, months, time -> time.getYear() * 100 + time.getMonthValue(), kept);
        keep(newestFirst, years, ZonedDateTime::getYear, kept);
        return kept;
    }

    private static void keep(
            List<Instant> newestFirst, int wanted, Function<ZonedDateTime, Object> period, Set<Instant> kept) {
        Set<Object> periods = new HashSet<>();
        for (Instant backup : newestFirst) {
            if (periods.size() == wanted) {
                return;
            }
            if (periods.add(period.apply(backup.atZone(ZoneOffset.UTC)))) {
                kept.add(backup);
            }
        }
    }
}
