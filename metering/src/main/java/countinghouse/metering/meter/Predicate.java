package countinghouse.metering.meter;

import countinghouse.metering.event.Properties;
import java.util.List;
import java.util.Set;

/** A small predicate tree over an event's properties; values are compared by their text. */
public sealed interface Predicate {
    boolean test(Properties properties);

    record In(String property, Set<String> values) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            Object value = properties.get(property);
            return value != null && values.contains(PropertyText.of(value));
        }
    }

    record Exists(String property) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            return properties.get(property) != null;
        }
    }

    record Not(Predicate of) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            return !of.test(properties);
        }
    }

    record All(List<Predicate> of) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            for (Predicate predicate : of) {
                if (!predicate.test(properties)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Any(List<Predicate> of) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            for (Predicate predicate : of) {
                if (predicate.test(properties)) {
                    return true;
                }
            }
            return false;
        }
    }
}
