package countinghouse.metering.schedule;

import java.io.Serializable;

/**
 * One version of the configuration, named so exactly that another content is noticed.
 *
 * @param version its number
 * @param effectiveFromMs start in ms of the first ingest bucket that it counts; {@link #BEGINNING} for the first version
 * @param digest SHA-256 of its documents, in hex
 */
public record VersionPin(int version, long effectiveFromMs, String digest) implements Serializable {
    /** Before every bucket. */
    public static final long BEGINNING = Long.MIN_VALUE;
}
