package countinghouse.ingestion.collector;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** RFC 3339 times as instants. What nearly every producer sends, a time in UTC with Z, is read without the generality of a parser. */
final class EventTime {
    private static final int DATE_AND_TIME = 19;
    private static final int MS_DIGITS = 3;
    private static final int MAX_FRACTION = 9;
    private static final long MS_PER_DAY = 86_400_000;

    private EventTime() {}

    /**
     * The instant in ms; a smaller fraction is cut off.
     *
     * @throws DateTimeException if the text is no such time
     * @throws ArithmeticException if it is beyond the range of ms
     */
    static long millis(String text) {
        long quick = plainUtc(text);
        return quick >= 0 ? quick : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }

    /** The instant of {@code yyyy-MM-ddTHH:mm:ss[.f]Z} from 1970 on; -1 for any other text. */
    private static long plainUtc(String text) {
        int last = text.length() - 1;
        if (last < DATE_AND_TIME
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return -1;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, DATE_AND_TIME);
        int millisecond = fraction(text, last);
        boolean plain = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
        if (!plain
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || millisecond < 0) {
            return -1;
        }
        long seconds = (hour * 60L + minute) * 60 + second;
        return LocalDate.of(year, month, day).toEpochDay() * MS_PER_DAY + seconds * 1000 + millisecond;
    }

    private static int fraction(String text, int last) {
        int digits = last - DATE_AND_TIME - 1;
        if (digits < 0) {
            return 0;
        }
        if (digits == 0 || digits > MAX_FRACTION || text.charAt(DATE_AND_TIME) != '.') {
            return -1;
        }
        int start = DATE_AND_TIME + 1;
        if (number(text, start, last) < 0) {
            return -1;
        }
        int ms = number(text, start, Math.min(last, start + MS_DIGITS));
        for (int i = digits; i < MS_DIGITS; i++) {
            ms *= 10;
        }
        return ms;
    }

    /** The digits of a part as a number; -1 if it has anything else. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
