package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;

/** Usage and earnings so far, and their forecasts. */
final class ForecastHandlers implements ApiPart {
    private final Billing billing;
    private final UsageForecasts forecasts;

    ForecastHandlers(Billing billing, UsageForecasts forecasts) {
        this.billing = billing;
        this.forecasts = forecasts;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/accounts/:account/usage", Audience.READERS, context -> {
            Account account = account(context);
            return forecasts.report(account, period(context, account)).toJson();
        });
        routes.get("/accounts/:account/earnings", Audience.READERS, context -> {
            Account account = account(context);
            return forecasts.earnings(account, period(context, account)).toJson();
        });
    }

    private Account account(RoutingContext context) {
        String name = context.pathParam("account");
        Principal.of(context).requireMaySee(name);
        return billing.requireAccount(name);
    }

    private TimeRange period(RoutingContext context, Account account) {
        return new Parameters(context)
                .text("period")
                .map(BillingPeriod::parse)
                .orElseGet(() -> BillingPeriod.current(billing.clock(), account.zone()))
                .in(account.zone());
    }
}
