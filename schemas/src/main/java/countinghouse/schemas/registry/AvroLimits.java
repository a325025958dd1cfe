package countinghouse.schemas.registry;

import org.apache.avro.SystemLimitException;

/**
 * What Avro makes room for at most. It believes the length that a text claims before it looks whether the bytes are there, so that a few damaged bytes
 * would cost the process its memory instead of being told undecodable. No record of a topic comes near these.
 */
final class AvroLimits {
    private static final int BYTES = 1 << 24;
    private static final int ENTRIES = 1 << 20;

    private AvroLimits() {}

    /** Sets the limits that the process was not started with; it must come before Avro decodes for the first time, when it reads them. */
    static void set() {
        set(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, BYTES);
        set(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, BYTES);
        set(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, ENTRIES);
    }

    private static void set(String property, int limit) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(limit));
        }
    }
}
