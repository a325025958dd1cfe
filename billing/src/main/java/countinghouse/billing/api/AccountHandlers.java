package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.Registration;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.access.Principal;
import countinghouse.kit.http.Json;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts and plans. */
final class AccountHandlers implements ApiPart {
    private static final int MAX_NAME_LENGTH = 200;

    private final Billing billing;

    AccountHandlers(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/accounts", Audience.READERS, this::list);
        routes.get("/accounts/:account", Audience.READERS, this::get);
        routes.post("/accounts", Audience.BOOKKEEPERS, KeyPolicy.OPTIONAL, this::register);
        routes.put("/accounts/:account", Audience.BOOKKEEPERS, this::register);
        routes.post("/accounts/:account/overrides", Audience.BOOKKEEPERS, KeyPolicy.OPTIONAL, this::override);
        routes.get("/plans", Audience.READERS, this::plans);
    }

    private Map<String, ?> list(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        Principal principal = Principal.of(context);
        int limit = parameters.limit();
        List<Account> found = principal.seesEverything()
                ? billing.accounts().page(parameters.cursor(), limit + 1)
                : principal.accounts().stream()
                        .sorted()
                        .filter(name -> name.compareTo(parameters.cursor()) > 0)
                        .limit(limit + 1L)
                        .flatMap(name -> billing.accounts().find(name).stream())
                        .toList();
        return Page.of(found, limit, AccountView::of, Account::account);
    }

    private Map<String, ?> get(RoutingContext context) {
        String account = context.pathParam("account");
        Principal.of(context).requireMaySee(account);
        return AccountView.of(billing.requireAccount(account));
    }

    private Map<String, ?> register(RoutingContext context) {
        Registration registration;
        try {
            registration = registration(context);
        } catch (JsonProcessingException e) {
            throw Parameters.invalid("The body is not JSON: " + e.getOriginalMessage());
        } catch (PlanException | IllegalArgumentException | DateTimeException e) {
            throw Parameters.invalid(e.getMessage());
        }
        return AccountView.of(billing.accounts()
                .register(registration, "user:" + Principal.of(context).name()));
    }

    /** Agrees terms with one account. */
    private Map<String, ?> override(RoutingContext context) {
        String account = context.pathParam("account");
        try {
            String text = context.body().asString();
            Fields fields = new Fields(Json.mapper().readTree(text == null ? "" : text), "The override");
            Instant effectiveFrom = Instant.parse(fields.text("effectiveFrom"));
            String reason = fields.text("reason");
            JsonNode terms = fields.node("terms");
            fields.finish();
            return AccountView.of(billing.overrides()
                    .agree(
                            account,
                            effectiveFrom,
                            terms,
                            reason,
                            "user:" + Principal.of(context).name()));
        } catch (JsonProcessingException e) {
            throw Parameters.invalid("The body is not JSON: " + e.getOriginalMessage());
        } catch (PlanException | IllegalArgumentException | DateTimeException e) {
            throw Parameters.invalid(e.getMessage());
        }
    }

    private Map<String, ?> plans(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        int limit = parameters.limit();
        String after = parameters.cursor();
        // Versions are listed by name, then version; a cursor is the reference of the last one shown.
        List<PlanVersion> all = billing.plans().versions();
        int start = 0;
        while (!after.isEmpty()
                && start < all.size()
                && !all.get(start).reference().equals(after)) {
            start++;
        }
        List<PlanVersion> found = all.stream()
                .skip(after.isEmpty() ? 0 : start + 1L)
                .limit(limit + 1L)
                .toList();
        return Page.of(found, limit, PlanVersion::toJson, PlanVersion::reference);
    }

    private static Registration registration(RoutingContext context) throws JsonProcessingException {
        String text = context.body().asString();
        JsonNode json = Json.mapper().readTree(text == null ? "" : text);
        Fields fields = new Fields(json, "The account");
        Optional<String> inPath = Optional.ofNullable(context.pathParam("account"));
        String account = inPath.orElseGet(() -> fields.text("account"));
        Optional<String> inBody = fields.optionalText("account");
        if (inBody.isPresent() && !inBody.get().equals(account)) {
            throw Parameters.invalid("The path names the account '%s', the body '%s'".formatted(account, inBody.get()));
        }
        ZoneId zone = ZoneId.of(fields.optionalText("timeZone").orElse("UTC"));
        Registration registration = new Registration(
                account,
                fields.optionalText("name").orElse(account),
                Tier.of(fields.text("tier")),
                fields.optionalText("effectiveFrom").map(Instant::parse).orElseGet(() -> startOfMonth(zone)),
                zone);
        fields.finish();
        if (account.isBlank() || account.length() > MAX_NAME_LENGTH) {
            throw Parameters.invalid("An account has 1 to %d characters".formatted(MAX_NAME_LENGTH));
        }
        return registration;
    }

    private static Instant startOfMonth(ZoneId zone) {
        return LocalDate.now(zone).withDayOfMonth(1).atStartOfDay(zone).toInstant();
    }
}
