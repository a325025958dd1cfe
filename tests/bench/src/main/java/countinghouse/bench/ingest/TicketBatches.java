package countinghouse.bench.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Batches of ticket events as an HTTP request's body, made by writing numbers of fixed width into a prepared text, so that making load costs next
 * to nothing. Event number n has the id {@code n} in 12 digits and belongs to one of 10,000 accounts.
 */
public final class TicketBatches {
    static final String SOURCE = "counter/bench";
    private static final int ID_DIGITS = 12;
    private static final int ACCOUNT_DIGITS = 4;
    private static final int ACCOUNTS = 10_000;
    private static final String HEAD =
            "{\"specversion\":\"1.0\",\"type\":\"ticket.served\",\"source\":\"" + SOURCE + "\",\"id\":\"";
    private static final String SUBJECT = "\",\"subject\":\"office-";
    private static final String TIME = "\",\"time\":\"";
    private static final String DATA = "\",\"data\":{\"ticket_id\":\"A";
    private static final String TAIL =
            "\",\"offering_id\":\"passports\",\"department\":\"north\",\"wait_seconds\":245,\"price\":12.50,\"currency\":\"EUR\"}}";

    private final String middle;
    private final byte[] template;
    private final int size;
    private final int stride;

    /** Batches of events that all happened at one time. */
    public TicketBatches(int size, Instant time) {
        this.middle = TIME + time.truncatedTo(ChronoUnit.MILLIS) + DATA;
        String event = HEAD
                + "0".repeat(ID_DIGITS)
                + SUBJECT
                + "0".repeat(ACCOUNT_DIGITS)
                + middle
                + "0".repeat(ID_DIGITS)
                + TAIL;
        this.size = size;
        this.stride = event.length() + 1;
        this.template = ("[" + (event + ",").repeat(size)).getBytes(US_ASCII);
        template[template.length - 1] = ']';
    }

    public int size() {
        return size;
    }

    /** The body of batch number {@code batch}, whose events are {@code batch * size} and up. */
    byte[] body(long batch) {
        byte[] body = template.clone();
        for (int i = 0; i < size; i++) {
            long number = batch * size + i;
            int at = 1 + i * stride + HEAD.length();
            write(body, at, ID_DIGITS, number);
            at += ID_DIGITS + SUBJECT.length();
            write(body, at, ACCOUNT_DIGITS, accountOf(number));
            write(body, at + ACCOUNT_DIGITS + middle.length(), ID_DIGITS, number);
        }
        return body;
    }

    /** The same number of the same event as {@link #body} writes, from what was stored. */
    static long numberOf(String id) {
        return Long.parseLong(id);
    }

    static String account(long number) {
        return "office-%04d".formatted(accountOf(number));
    }

    private static long accountOf(long number) {
        return Math.floorMod(number * 7919, ACCOUNTS);
    }

    private static void write(byte[] body, int at, int digits, long number) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            body[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
