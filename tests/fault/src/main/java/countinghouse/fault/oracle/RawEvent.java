package countinghouse.fault.oracle;

import java.util.Map;

/**
 * A decoded event of the log.
 *
 * @param name CloudEvents type
 * @param fields the event's data; a field that is absent has no entry
 */
record RawEvent(
        String topic,
        String name,
        String id,
        String source,
        String account,
        long occurredAtMs,
        Map<String, Object> fields) {
    String text(String field) {
        Object value = fields.get(field);
        return value == null ? null : value.toString();
    }

    Number number(String field) {
        return (Number) fields.get(field);
    }
}
