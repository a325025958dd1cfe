package countinghouse.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as {@code timestamptz}, whatever the zone of the JVM. */
public final class SqlTime {
    private SqlTime() {}

    public static OffsetDateTime of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Now, to the millisecond, as it is stored. */
    public static Instant read(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
