package countinghouse.batch.proof;

/** Says what is wrong where offsets do not follow each other. */
final class Offsets {
    private Offsets() {}

    /** What is wrong with an offset that comes where another was expected. */
    static String fault(String partition, long expected, long found) {
        if (found < expected) {
            return "%s: the record at offset %d is there twice".formatted(partition, found);
        }
        return found == expected + 1
                ? "%s: the record at offset %d is missing".formatted(partition, expected)
                : "%s: the records at offsets %d..%d are missing".formatted(partition, expected, found - 1);
    }
}
