package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.rating.RatingException;
import java.math.BigDecimal;
import java.util.Optional;

/** Takes inputs of an example out of a copy, so that what nobody took is found. */
final class Inputs {
    private final ObjectNode left;

    Inputs(JsonNode object) {
        if (!object.isObject()) {
            throw new RatingException("%s must be an object".formatted(object));
        }
        this.left = object.deepCopy();
    }

    BigDecimal take(String name) {
        return find(name).orElseThrow(() -> new RatingException("The parameter '%s' is missing".formatted(name)));
    }

    Optional<BigDecimal> find(String name) {
        return Optional.ofNullable(left.remove(name))
                .filter(value -> !value.isNull())
                .map(Inputs::decimal);
    }

    Optional<String> findText(String name) {
        return Optional.ofNullable(left.remove(name))
                .filter(value -> !value.isNull())
                .map(JsonNode::asText);
    }

    boolean findFlag(String name) {
        Optional<JsonNode> flag = Optional.ofNullable(left.remove(name)).filter(value -> !value.isNull());
        if (flag.isPresent() && !flag.get().isBoolean()) {
            throw new RatingException("'%s' must be true or false".formatted(name));
        }
        return flag.isPresent() && flag.get().asBoolean();
    }

    /** What was not taken, for the reader of the price. */
    ObjectNode rest() {
        return left;
    }

    void requireEmpty() {
        if (!left.isEmpty()) {
            throw new RatingException("Unknown parameters: %s".formatted(left));
        }
    }

    static BigDecimal decimal(JsonNode node) {
        if (!node.isTextual() && !node.isNumber()) {
            throw new RatingException("%s is not a decimal".formatted(node));
        }
        try {
            return new BigDecimal(node.asText());
        } catch (NumberFormatException e) {
            throw new RatingException("'%s' is not a decimal".formatted(node.asText()));
        }
    }
}
