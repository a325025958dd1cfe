package countinghouse.billing.api;

import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountOverride;
import countinghouse.kit.http.ZoneText;
import java.util.LinkedHashMap;
import java.util.Map;

/** Accounts as the API and the commands show them. */
public final class AccountView {
    private AccountView() {}

    /** An account with its tiers and overrides. */
    public static Map<String, Object> of(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account.account());
        json.put("name", account.name());
        json.put("timeZone", ZoneText.of(account.zone()));
        json.put(
                "tiers",
                account.tiers().stream()
                        .map(tier -> Map.of("tier", tier.tier().label(), "effectiveFrom", tier.effectiveFrom()))
                        .toList());
        json.put("overrides", account.overrides().stream().map(AccountView::of).toList());
        json.put("registeredAt", account.registeredAt());
        return json;
    }

    private static Map<String, Object> of(AccountOverride override) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", override.number());
        json.put("effectiveFrom", override.effectiveFrom());
        json.put("terms", override.terms());
        json.put("reason", override.reason());
        return json;
    }
}
