package countinghouse.kit.logging;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Takes the caller's {@code X-Correlation-ID}, or makes one, echoes it, and has it in the log lines of the request. */
public final class CorrelationId implements Handler<RoutingContext> {
    public static final String HEADER = "X-Correlation-ID";

    private static final String KEY = "countinghouse.correlation-id";
    /** Anything else could forge log lines or headers. */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    @Override
    public void handle(RoutingContext context) {
        String given = context.request().getHeader(HEADER);
        String id = given != null && ACCEPTED.matcher(given).matches() ? given : made();
        context.put(KEY, id);
        RequestIds.begin(id);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    /** It need only be another each time, not be hard to guess: no wait for the system's secure randomness. */
    private static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** The request's correlation id; null before this handler ran. */
    public static String of(RoutingContext context) {
        return context.get(KEY);
    }

    /** The correlation id if the caller named it; null if it was made here. */
    public static String named(RoutingContext context) {
        String id = of(context);
        return id != null && id.equals(context.request().getHeader(HEADER)) ? id : null;
    }
}
