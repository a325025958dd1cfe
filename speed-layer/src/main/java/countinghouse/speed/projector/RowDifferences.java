package countinghouse.speed.projector;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * How a hash in Redis differs from the topic.
 *
 * @param missing field to value: rows that Redis lacks or holds older than the topic
 * @param wrong field to what Redis holds: rows that the topic does not have, or has with another value for the same n
 * @param right what the topic has instead of the wrong rows; those that it does not have are absent
 */
record RowDifferences(Map<String, String> missing, Map<String, String> wrong, Map<String, String> right) {
    /**
     * Compares.
     *
     * @param expected what the topic said before Redis was read; values may be {@link RowBatch#DELETED}
     * @param later what it said since
     * @param found what Redis held
     */
    static RowDifferences between(Map<String, String> expected, Map<String, String> later, Map<String, String> found) {
        RowDifferences differences = new RowDifferences(new HashMap<>(), new HashMap<>(), new HashMap<>());
        expected.forEach((field, value) -> {
            String stored = found.get(field);
            if (!value.equals(RowBatch.DELETED) && !later.containsKey(field) && !value.equals(stored)) {
                differences.add(field, value, stored);
            }
        });
        found.forEach((field, stored) -> {
            boolean known = later.containsKey(field)
                    || !expected.getOrDefault(field, RowBatch.DELETED).equals(RowBatch.DELETED);
            if (!known) {
                differences.wrong.put(field, stored);
            }
        });
        return differences;
    }

    private void add(String field, String value, String stored) {
        if (stored == null || eventsIn(stored).compareTo(eventsIn(value)) < 0) {
            missing.put(field, value);
        } else {
            wrong.put(field, stored);
            right.put(field, value);
        }
    }

    /** Whatever stands where digits should is older than everything. */
    private static BigInteger eventsIn(String value) {
        int end = value.indexOf('|');
        String digits = end < 0 ? value : value.substring(0, end);
        return digits.matches("\\d+") ? new BigInteger(digits) : BigInteger.ONE.negate();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        return missing.size() + wrong.size();
    }
}
