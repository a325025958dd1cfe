package countinghouse.billing.plan;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.rating.Allowance;
import countinghouse.billing.rating.BlockTier;
import countinghouse.billing.rating.ConvertedUnits;
import countinghouse.billing.rating.Dynamic;
import countinghouse.billing.rating.Flat;
import countinghouse.billing.rating.Graduated;
import countinghouse.billing.rating.GraduatedPercentage;
import countinghouse.billing.rating.IncludedUnits;
import countinghouse.billing.rating.Packages;
import countinghouse.billing.rating.PerUnit;
import countinghouse.billing.rating.Percentage;
import countinghouse.billing.rating.Price;
import countinghouse.billing.rating.Stairstep;
import countinghouse.billing.rating.Tier;
import countinghouse.billing.rating.TieredBlocks;
import countinghouse.billing.rating.Tiers;
import countinghouse.billing.rating.Volume;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Reads price models. An unknown model, field or policy is an error. */
public final class PriceReader {
    private PriceReader() {}

    /**
     * The price in a JSON object with a {@code model}.
     *
     * @throws PlanException if it is not one
     */
    public static Price read(JsonNode node, String where) {
        Fields fields = new Fields(node, where);
        Price price = price(fields.text("model"), fields, where);
        fields.finish();
        return price;
    }

    private static Price price(String model, Fields fields, String where) {
        return switch (model) {
            case "per_unit" -> new PerUnit(fields.decimal("unit_price"));
            case "flat" -> new Flat(fields.decimal("amount"));
            case "included_units" ->
                new IncludedUnits(fields.decimal("free_units"), read(fields.node("overage"), where + " overage"));
            case "allowance" -> new Allowance(fields.decimal("free_units"), fields.text("upsell"));
            case "graduated" -> new Graduated(tiers(fields, where, "unit_price"));
            case "graduated_percentage" -> new GraduatedPercentage(tiers(fields, where, "rate_percent"));
            case "volume" -> new Volume(tiers(fields, where, "unit_price"));
            case "stairstep" -> new Stairstep(tiers(fields, where, null));
            case "package" -> packages(fields);
            case "percentage" -> percentage(fields);
            case "dynamic" -> new Dynamic(fields.decimal("multiplier"));
            case "tiered_blocks" -> blocks(fields, where);
            case "converted" ->
                new ConvertedUnits(
                        fields.decimal("divide_by"),
                        fields.optionalText("rounding").map(rounding -> constant(RoundingMode.class, rounding, where)),
                        read(fields.node("price"), where + " price"));
            default -> throw new PlanException("%s has an unknown price model '%s'".formatted(where, model));
        };
    }

    /** Free units are taken off before packaging. */
    private static Price packages(Fields fields) {
        Packages packages = new Packages(fields.decimal("package_size"), fields.decimal("package_price"));
        return fields.optionalDecimal("free_units")
                .<Price>map(free -> new IncludedUnits(free, packages))
                .orElse(packages);
    }

    private static Percentage percentage(Fields fields) {
        return new Percentage(
                fields.decimal("rate_percent").movePointLeft(2),
                fields.optionalDecimal("fixed_per_event").orElse(BigDecimal.ZERO),
                fields.optionalDecimal("free_units_total").orElse(BigDecimal.ZERO),
                fields.find("free_events_effective")
                        .map(present -> fields.integer("free_events_effective"))
                        .orElse(0));
    }

    private static Tiers tiers(Fields fields, String where, String priceField) {
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode node : fields.node("tiers")) {
            Fields tier = new Fields(node, "%s tier %d".formatted(where, tiers.size() + 1));
            BigDecimal price = priceField == null ? BigDecimal.ZERO : tier.decimal(priceField);
            boolean percent = "rate_percent".equals(priceField);
            BigDecimal flat = priceField == null
                    ? tier.decimal("flat_price")
                    : tier.optionalDecimal("flat_price").orElse(BigDecimal.ZERO);
            tiers.add(new Tier(
                    tier.optionalDecimal("up_to").orElse(null), percent ? price.movePointLeft(2) : price, flat));
            tier.finish();
        }
        return new Tiers(tiers, fields.flag("zero_usage_first_flat"));
    }

    private static TieredBlocks blocks(Fields fields, String where) {
        List<BlockTier> tiers = new ArrayList<>();
        for (JsonNode node : fields.node("tiers")) {
            Fields tier = new Fields(node, "%s tier %d".formatted(where, tiers.size() + 1));
            tiers.add(new BlockTier(
                    tier.decimal("block_size"),
                    tier.optionalDecimal("max_blocks").orElse(null),
                    tier.decimal("block_price")));
            tier.finish();
        }
        return new TieredBlocks(tiers, constant(TieredBlocks.Policy.class, fields.text("policy"), where));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, String where) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new PlanException("%s has an unknown %s '%s'".formatted(where, type.getSimpleName(), name));
    }
}
