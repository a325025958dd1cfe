package countinghouse.billing.alert;

import countinghouse.billing.Billing;
import countinghouse.billing.entitlement.Decision;
import countinghouse.billing.forecast.UsageForecasts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises alerts and delivers them, beside the API. Several processes may do so at once. */
public final class AlertService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertService.class);
    private static final Duration DELIVERY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int KNOWN_WARNINGS = 100_000;
    private static final int HUNDRED = 100;

    private final Alerts alerts;
    private final Map<String, AlertChannel> channels;
    private final UsageWatch watch;
    private final Deliveries deliveries;
    private final AlertConfig config;
    private final Set<String> raisedHere = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "alerts");
        thread.setDaemon(true);
        return thread;
    });

    /** Prepares it; nothing runs by itself before {@link #start}. */
    public AlertService(Billing billing, UsageForecasts usage, AlertConfig config) {
        this.config = config;
        this.alerts = new Alerts(billing.jdbi(), billing.clock());
        this.channels = channels(config, billing);
        this.watch = new UsageWatch(billing, usage, alerts, channels.keySet(), config.thresholds());
        this.deliveries = new Deliveries(billing.jdbi(), channels, config.retry(), billing.clock());
    }

    /** Looks and delivers in the background from now on. */
    public AlertService start() {
        repeat(this::look, config.interval());
        repeat(this::deliver, DELIVERY_INTERVAL);
        return this;
    }

    /** Looks at every account once; returns how many alerts are new. */
    public int look() {
        return watch.look();
    }

    /** Tries every delivery that is due once; returns how many arrived. */
    public int deliver() {
        return deliveries.deliverDue();
    }

    /** Raises the alerts that an admission makes due: shares of the daily quota. */
    public void admitted(Decision decision) {
        decision.quotaUsed().ifPresent(used -> {
            long quota = decision.terms().limits().dailyQuota().orElseThrow();
            for (int threshold : config.thresholds()) {
                String key =
                        "%s/%s/%d".formatted(decision.account(), decision.day().date(), threshold);
                if (used * HUNDRED >= quota * threshold && !raisedHere.contains(key)) {
                    alerts.raise(
                            Alert.of(
                                    decision.account(),
                                    decision.day().date().toString(),
                                    "daily_quota",
                                    threshold,
                                    BigDecimal.valueOf(used),
                                    BigDecimal.valueOf(quota),
                                    decision.terms().readAt()),
                            channels.keySet());
                    if (raisedHere.size() >= KNOWN_WARNINGS) {
                        raisedHere.clear();
                    }
                    raisedHere.add(key);
                }
            }
        });
    }

    private static Map<String, AlertChannel> channels(AlertConfig config, Billing billing) {
        Map<String, AlertChannel> channels = new LinkedHashMap<>();
        config.bootstrapServers().map(KafkaChannel::new).ifPresent(channel -> channels.put(channel.name(), channel));
        config.webhook()
                .map(url -> new WebhookChannel(url, config.webhookSecret(), billing.clock()))
                .ifPresent(channel -> channels.put(channel.name(), channel));
        return channels;
    }

    private void repeat(IntSupplier work, Duration pause) {
        var unused = executor.scheduleWithFixedDelay(() -> guarded(work), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A scheduled task that throws is never run again; whatever went wrong may be over next time. */
    private static void guarded(IntSupplier work) {
        try {
            LOG.debug("{} alerts raised or delivered", work.getAsInt());
        } catch (RuntimeException e) {
            LOG.warn("Alerts are tried again in a moment", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A delivery did not end within {}; it will be repeated", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.values().forEach(AlertChannel::close);
    }
}
