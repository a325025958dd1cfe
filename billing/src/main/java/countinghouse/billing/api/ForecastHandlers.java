package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.account.Account;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Usage so far and its forecast. */
final class ForecastHandlers implements ApiPart {
    private final Billing billing;
    private final UsageForecasts forecasts;

    ForecastHandlers(Billing billing, UsageForecasts forecasts) {
        this.billing = billing;
        this.forecasts = forecasts;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/accounts/:account/usage", Audience.READERS, this::usage);
    }

    private Map<String, ?> usage(RoutingContext context) {
        String name = context.pathParam("account");
        Principal.of(context).requireMaySee(name);
        Account account = billing.requireAccount(name);
        BillingPeriod period = new Parameters(context)
                .text("period")
                .map(BillingPeriod::parse)
                .orElseGet(() -> BillingPeriod.current(billing.clock(), account.zone()));
        return forecasts.report(account, period.in(account.zone())).toJson();
    }
}
