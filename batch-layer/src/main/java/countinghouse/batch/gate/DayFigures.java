package countinghouse.batch.gate;

import java.time.LocalDate;
import java.util.Map;

/**
 * How many events a whole ingest day has, by what they are.
 *
 * @param day of UTC, every bucket of which is closed
 * @param events by subject, e.g. an event type or a meter
 */
record DayFigures(LocalDate day, Map<String, Long> events) {}
