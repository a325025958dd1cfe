package countinghouse.billing.rating.example;

import countinghouse.billing.rating.RatingException;
import java.util.Optional;

/**
 * The name of a model taken apart, e.g. {@code max_commit_split_package}.
 *
 * @param committed whether a minimum or maximum belongs to it
 * @param prorated whether the commitment is for a part of the period
 * @param form what the quantity is
 * @param converted whether units are converted first
 * @param free whether free units are taken off first
 * @param price model of a plan's price
 */
record ExampleModel(boolean committed, boolean prorated, Form form, boolean converted, boolean free, String price) {
    /** What the quantity of an example is. */
    enum Form {
        WHOLE(""),
        SPLIT("split"),
        DELTA("delta"),
        BUCKETED("bucketed");

        private final String prefix;

        Form(String prefix) {
            this.prefix = prefix;
        }
    }

    static ExampleModel of(String name) {
        Rest rest = new Rest(name);
        boolean committed = rest.drop("min_commit") || rest.drop("max_commit");
        boolean prorated = committed && rest.drop("prorated");
        Form form = form(rest);
        boolean converted = rest.drop("converted");
        Optional<String> price = rest.text();
        boolean free = price.isPresent() && price.get().endsWith("_free");
        if (free) {
            price = price.map(text -> text.substring(0, text.length() - "_free".length()));
        }
        // A commitment without a named price is on a price per unit; "unit" is its short name behind a prefix.
        boolean perUnit = price.map(text -> text.equals("unit") && !text.equals(name))
                .orElse(committed && !converted && form != Form.DELTA && form != Form.BUCKETED);
        return new ExampleModel(committed, prorated, form, converted, free, perUnit ? "per_unit" : price(name, price));
    }

    private static Form form(Rest rest) {
        for (Form form : Form.values()) {
            if (form != Form.WHOLE && rest.drop(form.prefix)) {
                return form;
            }
        }
        return Form.WHOLE;
    }

    private static String price(String name, Optional<String> price) {
        return price.filter(text -> !text.isEmpty())
                .orElseThrow(() -> new RatingException("Unknown model '%s'".formatted(name)));
    }

    /** What is left of a name. */
    private static final class Rest {
        private String left;

        private Rest(String name) {
            left = name;
        }

        private boolean drop(String word) {
            if (left.equals(word)) {
                left = "";
                return true;
            }
            if (left.startsWith(word + "_")) {
                left = left.substring(word.length() + 1);
                return true;
            }
            return false;
        }

        private Optional<String> text() {
            return left.isEmpty() ? Optional.empty() : Optional.of(left);
        }
    }
}
