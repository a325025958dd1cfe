package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.alert.AlertConfig;
import countinghouse.billing.alert.AlertService;
import countinghouse.billing.alert.Alerts;
import countinghouse.billing.entitlement.Decision;
import countinghouse.billing.forecast.LiveCounts;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.kit.config.Settings;

/** Usage so far, and the alerts that follow from it, in this process. */
final class Watching implements AutoCloseable {
    private final Billing billing;
    private final UsageForecasts forecasts;
    private final AlertService alerts;

    private Watching(Billing billing, UsageForecasts forecasts, AlertService alerts) {
        this.billing = billing;
        this.forecasts = forecasts;
        this.alerts = alerts;
    }

    static Watching start(Billing billing, Settings settings) {
        UsageForecasts forecasts = new UsageForecasts(billing, LiveCounts.find(settings));
        return new Watching(
                billing, forecasts, new AlertService(billing, forecasts, AlertConfig.from(settings)).start());
    }

    void mount(Routes routes) {
        new ForecastHandlers(billing, forecasts).mount(routes);
        new AlertHandlers(new Alerts(billing.jdbi(), billing.clock())).mount(routes);
    }

    /** What an admission check came to. */
    void admitted(Decision decision) {
        alerts.admitted(decision);
    }

    @Override
    public void close() {
        alerts.close();
        forecasts.close();
    }
}
