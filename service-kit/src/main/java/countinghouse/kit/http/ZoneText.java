package countinghouse.kit.http;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time zones as people and other programs write them. */
public final class ZoneText {
    private ZoneText() {}

    /** The name that IANA gives the zone; {@code Z}, which is none, is {@code UTC}. */
    public static String of(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
