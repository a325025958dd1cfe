package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountPlan;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import countinghouse.kit.access.Principal;
import countinghouse.metering.row.Decimals;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        ClosedGeneration generation = billing.usage()
                .current()
                .orElseThrow(() -> new BillingException(
                        BillingError.PERIOD_NOT_CLOSED,
                        "No generation of counts is published yet; run 'countinghouse batch run'"));
        boolean closed = !generation.closedThrough().isBefore(range.to());
        requireClosed(parameters, closed, generation, range);
        int limit = parameters.limit();
        String cursor = parameters.cursor();
        int separator = cursor.indexOf(SEPARATOR);
        UsageScope scope = new UsageScope(
                meters(parameters), accounts(parameters, Principal.of(context)), Optional.empty(), range);
        List<UsageQuantity> found = billing.usage()
                .page(
                        generation.number(),
                        scope,
                        separator < 0 ? "" : cursor.substring(0, separator),
                        separator < 0 ? "" : cursor.substring(separator + 1),
                        limit + 1);
        PlanCatalog plans = billing.plans();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", range.from());
        answer.put("to", range.to());
        answer.put("generation", generation.number());
        answer.put("closedThrough", generation.closedThrough());
        answer.put("status", closed ? "closed" : "estimate");
        answer.putAll(Page.of(
                found,
                limit,
                usage -> view(usage, range, plans),
                usage -> usage.account() + SEPARATOR + usage.meter()));
        return answer;
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

    private Set<String> meters(Parameters parameters) {
        PlanCatalog plans = billing.plans();
        Set<String> all = new TreeSet<>(plans.meters(DocumentKind.INVOICE));
        all.addAll(plans.meters(DocumentKind.PAYOUT));
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

    private Map<String, Object> view(UsageQuantity usage, TimeRange range, PlanCatalog plans) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", usage.account());
        json.put("meter", usage.meter());
        json.put("quantity", Decimals.text(usage.quantity()));
        json.put("n", usage.n());
        json.put("fingerprint", usage.fingerprint().toHex());
        Optional<Account> account = billing.accounts().find(usage.account());
        json.put("registered", account.isPresent());
        account.flatMap(known -> known.tierAt(range.from()))
                .ifPresent(assignment -> json.put("tier", assignment.tier().label()));
        account.flatMap(known -> AccountPlan.of(known, plans, range.from()))
                .ifPresent(plan -> json.put("plan", plan.reference()));
        return json;
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
