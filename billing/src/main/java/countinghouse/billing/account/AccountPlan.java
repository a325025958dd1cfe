package countinghouse.billing.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanReader;
import countinghouse.billing.plan.PlanVersion;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The plan of one account at an instant: its tier's, with what was agreed with the account in place of what the plan says. An overridden
 * plan is a plan version of its own ({@code pro@1/acme}, version = number of the override), so that invoices pin it like any other.
 */
public final class AccountPlan {
    private AccountPlan() {}

    /**
     * The plan; empty before the account's first tier.
     *
     * @throws PlanException if no plan is in force, or the override does not fit it
     */
    public static Optional<PlanVersion> of(Account account, PlanCatalog catalog, Instant at) {
        return account.tierAt(at)
                .map(assignment -> catalog.forTier(assignment.tier(), at))
                .map(plan -> account.overrideAt(at)
                        .filter(override -> !override.terms().isEmpty())
                        .map(override -> overridden(account.account(), plan, override))
                        .orElse(plan));
    }

    /**
     * A plan with an account's terms in it.
     *
     * @throws PlanException if the terms name what the plan does not have, or are not valid
     */
    static PlanVersion overridden(String account, PlanVersion plan, AccountOverride override) {
        ObjectNode document = (ObjectNode) plan.toJson();
        document.put("plan", plan.reference() + "/" + account);
        document.put("version", override.number());
        override.terms().fieldNames().forEachRemaining(name -> {
            if (!name.equals("items") && !name.equals("limits")) {
                throw new PlanException("An override has 'items' and 'limits', not '%s'".formatted(name));
            }
        });
        Iterator<Map.Entry<String, JsonNode>> items =
                override.terms().path("items").fields();
        while (items.hasNext()) {
            Map.Entry<String, JsonNode> terms = items.next();
            replace(item(document, plan, account, terms.getKey()), terms.getValue());
        }
        if (override.terms().hasNonNull("limits")) {
            replace(document.withObject("/limits"), override.terms().path("limits"));
        }
        return PlanReader.read(document);
    }

    private static ObjectNode item(ObjectNode document, PlanVersion plan, String account, String id) {
        for (JsonNode item : document.path("items")) {
            if (item.path("id").asText().equals(id)) {
                return (ObjectNode) item;
            }
        }
        throw new PlanException(
                "The override of the account '%s' names the item '%s', which the plan %s does not have; its items are %s"
                        .formatted(
                                account,
                                id,
                                plan.reference(),
                                plan.items().stream().map(item -> item.id()).toList()));
    }

    /** A field of null takes the plan's field away, e.g. a discount. */
    private static void replace(ObjectNode target, JsonNode terms) {
        if (!terms.isObject()) {
            throw new PlanException("The terms of an override must be objects with the fields that they replace");
        }
        terms.fields().forEachRemaining(field -> {
            if (field.getKey().equals("id") || field.getKey().equals("meter")) {
                throw new PlanException("An override cannot replace '%s' of an item".formatted(field.getKey()));
            }
            target.set(field.getKey(), field.getValue());
        });
    }
}
