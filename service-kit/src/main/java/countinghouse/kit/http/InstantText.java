package countinghouse.kit.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.LocalDate;

/** Writes instants as {@link Instant#toString} does, without its formatter: an answer has several, and they were a good part of its cost. */
final class InstantText extends StdSerializer<Instant> {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NANOS_PER_MILLI = 1_000_000;
    /** From 0000-01-01 until 10000-01-01: years of four digits. */
    private static final long FIRST_SECOND = -62_167_219_200L;

    private static final long END_SECOND = 253_402_300_800L;

    InstantText() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString(of(value));
    }

    static String of(Instant value) {
        long second = value.getEpochSecond();
        if (second < FIRST_SECOND || second >= END_SECOND || value.getNano() % NANOS_PER_MILLI != 0) {
            return value.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = Math.floorMod(second, SECONDS_PER_DAY);
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        digits(text, 4, date.getYear());
        digits(text, 7, date.getMonthValue());
        digits(text, 10, date.getDayOfMonth());
        digits(text, 13, ofDay / 3600);
        digits(text, 16, ofDay / 60 % 60);
        digits(text, 19, ofDay % 60);
        if (value.getNano() == 0) {
            text[19] = 'Z';
            return new String(text, 0, 20);
        }
        digits(text, 23, value.getNano() / NANOS_PER_MILLI);
        return new String(text);
    }

    /** Writes a number's digits so that they end before an index. */
    private static void digits(char[] text, int end, int number) {
        int rest = number;
        for (int index = end - 1; rest > 0; index--) {
            text[index] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
