package countinghouse.billing.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of one JSON object strictly: a field that nobody asked for is an error, and so is a number that is not a text. */
public final class Fields {
    private final JsonNode node;
    private final String where;
    private final Set<String> read = new HashSet<>();

    /**
     * Begins reading an object.
     *
     * @param where names the object in errors
     */
    public Fields(JsonNode node, String where) {
        if (!node.isObject()) {
            throw new PlanException("%s must be an object".formatted(where));
        }
        this.node = node;
        this.where = where;
    }

    public String text(String name) {
        return find(name).filter(JsonNode::isTextual).map(JsonNode::asText).orElseThrow(() -> missing(name, "a text"));
    }

    public Optional<String> optionalText(String name) {
        return find(name).map(present -> text(name));
    }

    public int integer(String name) {
        return find(name)
                .filter(JsonNode::isInt)
                .map(JsonNode::asInt)
                .orElseThrow(() -> missing(name, "a whole number"));
    }

    public boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw missing(name, "true or false");
                    }
                    return value.asBoolean();
                })
                .orElse(false);
    }

    /** A required decimal; written as a text, so that no parser makes a binary fraction of it. */
    public BigDecimal decimal(String name) {
        return optionalDecimal(name).orElseThrow(() -> missing(name, "a decimal in quotes"));
    }

    public Optional<BigDecimal> optionalDecimal(String name) {
        return find(name).map(value -> {
            try {
                if (value.isTextual()) {
                    return new BigDecimal(value.asText());
                }
            } catch (NumberFormatException e) {
                throw missing(name, "a decimal in quotes");
            }
            throw missing(name, "a decimal in quotes");
        });
    }

    /** A required member of any type. */
    public JsonNode node(String name) {
        return find(name).orElseThrow(() -> missing(name, "a value"));
    }

    /** A member of any type; empty if absent or null. */
    public Optional<JsonNode> find(String name) {
        read.add(name);
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    /**
     * Ends reading.
     *
     * @throws PlanException if a field was never asked for
     */
    public void finish() {
        node.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                throw new PlanException("%s has an unknown field '%s'".formatted(where, name));
            }
        });
    }

    private PlanException missing(String name, String expected) {
        return new PlanException("%s needs '%s': %s".formatted(where, name, expected));
    }
}
