package countinghouse.metering.meter;

import countinghouse.metering.event.Properties;
import java.util.List;

/**
 * Canonical texts of dimensions that were made before: the values of dimensions come again and again, and rows whose keys share one text are found faster.
 * It forgets a text when another of the same slot comes. Thread-safe without locks: entries are immutable, and losing one does no harm.
 */
final class DimensionTexts {
    private static final int SLOTS = 4096;
    /** Longer values seldom repeat, and would take more memory. */
    private static final int MAX_LENGTH = 64;

    private final Entry[] entries = new Entry[SLOTS];

    /**
     * @param values of the meter's dimensions in their order; null for one that the event lacks
     */
    private record Entry(Meter meter, Object[] values, String text) {
        boolean isOf(Meter wanted, Properties properties) {
            if (meter != wanted) {
                return false;
            }
            List<String> names = meter.dimensions();
            for (int i = 0; i < values.length; i++) {
                Object value = properties.get(names.get(i));
                if (value != values[i] && (value == null || !value.equals(values[i]))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** As {@link Dimensions#of(Meter, Properties)}. */
    String of(Meter meter, Properties properties) {
        List<String> names = meter.dimensions();
        if (names.isEmpty()) {
            return Dimensions.NONE;
        }
        int hash = meter.slug().hashCode();
        for (int i = 0; i < names.size(); i++) {
            Object value = properties.get(names.get(i));
            if (value instanceof String text && text.length() > MAX_LENGTH) {
                return Dimensions.of(meter, properties);
            }
            hash = 31 * hash + (value == null ? 0 : value.hashCode());
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Entry entry = entries[slot];
        if (entry == null || !entry.isOf(meter, properties)) {
            entry = entryOf(meter, properties);
            entries[slot] = entry;
        }
        return entry.text();
    }

    private static Entry entryOf(Meter meter, Properties properties) {
        Object[] values = meter.dimensions().stream().map(properties::get).toArray();
        return new Entry(meter, values, Dimensions.of(meter, properties));
    }
}
