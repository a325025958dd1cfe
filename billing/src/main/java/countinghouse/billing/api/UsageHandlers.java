package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Billable usage: what invoices and pay-outs of a range would charge, per account and meter. */
final class UsageHandlers implements ApiPart {
    /** Cannot be part of a meter's name. */
    private static final char SEPARATOR = '\n';

    private final Billing billing;

    UsageHandlers(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/billable-usage", Audience.READERS, this::list);
        routes.get("/usage-reports/:account", Audience.READERS, this::report);
    }

    private Map<String, ?> list(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        TimeRange range = new TimeRange(parameters.instant("from"), parameters.instant("to"));
        ClosedGeneration generation = generation(parameters);
        boolean closed = !generation.closedThrough().isBefore(range.to());
        requireClosed(parameters, closed, generation, range);
        int limit = parameters.limit();
        String cursor = parameters.cursor();
        int separator = cursor.indexOf(SEPARATOR);
        PlanCatalog plans = billing.plans();
        BillableUsage billable = new BillableUsage(billing.usage(), plans);
        List<BillableUsage.Found> found = billable.page(
                generation.number(),
                range,
                accounts(parameters, Principal.of(context)),
                meters(parameters, billable),
                separator < 0 ? "" : cursor.substring(0, separator),
                separator < 0 ? "" : cursor.substring(separator + 1),
                limit + 1);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", range.from());
        answer.put("to", range.to());
        answer.put("generation", generation.number());
        answer.put("closedThrough", generation.closedThrough());
        answer.put("status", closed ? "closed" : "estimate");
        UsageView view = new UsageView(billing.accounts(), plans, billable, generation.number(), range);
        answer.putAll(Page.of(
                found,
                limit,
                view::of,
                one -> one.quantity().account() + SEPARATOR + one.quantity().meter()));
        return answer;
    }

    private ClosedGeneration generation(Parameters parameters) {
        return parameters
                .text("generation")
                .map(number -> billing.usage().generation(Parameters.number(number)))
                .or(() -> billing.usage().current())
                .orElseThrow(() -> new BillingException(
                        BillingError.PERIOD_NOT_CLOSED,
                        "No generation of counts is published yet; run 'countinghouse batch run'"));
    }

    private static void requireClosed(
            Parameters parameters, boolean closed, ClosedGeneration generation, TimeRange range) {
        Optional<String> required = parameters.text("require");
        if (required.isPresent() && !required.get().equals("closed")) {
            throw Parameters.invalid("The parameter 'require' can only be 'closed'");
        }
        if (required.isPresent() && !closed) {
            throw new BillingException(
                    BillingError.PERIOD_NOT_CLOSED,
                    "The period %s is not closed: generation %d is closed through %s; run 'countinghouse batch run'"
                            .formatted(range, generation.number(), generation.closedThrough()));
        }
    }

    private static Set<String> meters(Parameters parameters, BillableUsage billable) {
        Set<String> all = billable.meters();
        Optional<String> asked = parameters.text("meter");
        if (asked.isPresent() && !all.contains(asked.get())) {
            throw Parameters.invalid("No plan prices the meter '%s'; billable are %s".formatted(asked.get(), all));
        }
        return asked.map(Set::of).orElse(all);
    }

    private static Optional<Set<String>> accounts(Parameters parameters, Principal principal) {
        Optional<String> asked = parameters.text("account");
        asked.ifPresent(principal::requireMaySee);
        return asked.map(Set::of)
                .or(() -> principal.seesEverything() ? Optional.empty() : Optional.of(principal.accounts()));
    }

    private Map<String, ?> report(RoutingContext context) {
        String account = context.pathParam("account");
        Principal.of(context).requireMaySee(account);
        String period = new Parameters(context)
                .text("period")
                .orElseThrow(() -> Parameters.invalid("The parameter 'period' is missing: a month such as 2026-10"));
        return UsageReportView.of(billing.usageReports().of(account, BillingPeriod.parse(period)));
    }
}
