package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
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
import java.util.LinkedHashMap;
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
        return Page.of(found, limit, AccountHandlers::view, Account::account);
    }

    private Map<String, ?> get(RoutingContext context) {
        String account = context.pathParam("account");
        Principal.of(context).requireMaySee(account);
        return view(billing.accounts()
                .find(account)
                .orElseThrow(() -> new BillingException(
                        BillingError.UNKNOWN_ACCOUNT,
                        "The account '%s' is not registered; its usage is counted but not billed".formatted(account))));
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
        return view(billing.accounts()
                .register(registration, "user:" + Principal.of(context).name()));
    }

    private Map<String, ?> plans(RoutingContext context) {
        return Map.of(
                "data",
                billing.plans().versions().stream().map(AccountHandlers::view).toList());
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

    private static Map<String, Object> view(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account.account());
        json.put("name", account.name());
        json.put("timeZone", account.zone().getId());
        json.put(
                "tiers",
                account.tiers().stream()
                        .map(tier -> Map.of("tier", tier.tier().label(), "effectiveFrom", tier.effectiveFrom()))
                        .toList());
        json.put("registeredAt", account.registeredAt());
        return json;
    }

    private static JsonNode view(PlanVersion plan) {
        try {
            return Json.mapper().readTree(plan.document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plan's document is JSON", e);
        }
    }
}
