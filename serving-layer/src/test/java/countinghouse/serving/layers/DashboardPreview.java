package countinghouse.serving.layers;

import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.schemas.RedisKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The dashboard with made-up numbers that move, for people: run {@code main} and open the address that it prints. */
public final class DashboardPreview {
    private static final int ACCOUNTS = 40;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Random random = new Random(7);
    private final Layers layers = new Layers();
    private long written;

    public static void main(String[] arguments) {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        boolean published = arguments.length > 1 && arguments[1].equals("published");
        boolean moving = arguments.length <= 2 || !arguments[2].equals("empty");
        new DashboardPreview().run(port, published, moving);
    }

    private void run(int port, boolean published, boolean moving) {
        layers.reset();
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        if (published) {
            publish(now);
        }
        RunningApi api = new RunningApi(layers.settings().with(Map.of("http.port", Integer.toString(port))));
        System.out.println(api.uri("/"));
        while (moving) {
            write(now);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        LockSupport.park();
    }

    private void publish(Instant now) {
        List<RowKey> rows = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            rows.add(row(now));
        }
        layers.publish(1, now, rows, "1.25");
        layers.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO published.reconciliation VALUES ('run-1', ?, 84211, 0, '{}')",
                        now.atOffset(java.time.ZoneOffset.UTC)));
    }

    private void write(Instant now) {
        RowKey row = row(now);
        layers.speed(row, 1, "1");
        layers.redis().publish(RedisKeys.LIVE_CHANNEL, row.account() + " " + row.meter());
    }

    private RowKey row(Instant now) {
        List<Meter> meters = MeterCatalog.standard().meters();
        Meter meter = meters.get(random.nextInt(meters.size()));
        int account = (int) (ACCOUNTS * random.nextDouble() * random.nextDouble());
        String dimensions = meter.dimensions().isEmpty()
                ? "{}"
                : "{\"%s\":\"x%d\"}".formatted(meter.dimensions().get(0), account);
        return new RowKey(
                meter.slug(),
                "creator-%03d".formatted(account),
                dimensions,
                now.toEpochMilli(),
                now.toEpochMilli() + 2000 * written++,
                "events.view-0");
    }
}
