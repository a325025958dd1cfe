package countinghouse.metering.meter;

import countinghouse.metering.event.Properties;
import java.util.List;
import java.util.Set;

/** A small predicate tree over an event's properties; values are compared by their text. */
public sealed interface Predicate {
    boolean test(Properties properties);

    /** Whether the outcome may depend on a property. */
    boolean reads(String name);

    record In(String property, Set<String> values) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            Object value = properties.get(property);
            return value != null && values.contains(PropertyText.of(value));
        }

        @Override
        public boolean reads(String name) {
            return property.equals(name);
        }
    }

    record Exists(String property) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            return properties.get(property) != null;
        }

        @Override
        public boolean reads(String name) {
            return property.equals(name);
        }
    }

    record Not(Predicate of) implements Predicate {
        @Override
        public boolean test(Properties properties) {
            return !of.test(properties);
        }

        @Override
        public boolean reads(String name) {
            return of.reads(name);
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

        @Override
        public boolean reads(String name) {
            return of.stream().anyMatch(predicate -> predicate.reads(name));
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

        @Override
        public boolean reads(String name) {
            return of.stream().anyMatch(predicate -> predicate.reads(name));
        }
    }
}
