package countinghouse.speed.topology;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import countinghouse.schemas.EventType;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * 32 bits of a hash over what the producer said in an event. Left out are the identity itself, a time that the door stamped, and what the door
 * adds of its own: they may differ when the same event is sent again (ADR 0025).
 */
final class PayloadDigest {
    private static final String TIME = "occurred_at_ms";
    private static final String STAMPED = "occurred_at_stamped";
    private static final Set<String> NOT_PAYLOAD = Set.of("id", "source", "account", TIME, STAMPED, "client_network");

    private final int[] payload;
    private final int time;
    private final int stamped;

    PayloadDigest(EventType type) {
        Schema schema = type.schema();
        payload = schema.getFields().stream()
                .filter(field -> !NOT_PAYLOAD.contains(field.name()))
                .mapToInt(Schema.Field::pos)
                .toArray();
        time = schema.getField(TIME).pos();
        stamped = schema.getField(STAMPED).pos();
    }

    int of(SpecificRecordBase event) {
        HashStream64 stream = Hashing.xxh3_64().hashStream();
        boolean isStamped = (Boolean) event.get(stamped);
        stream.putBoolean(isStamped);
        if (!isStamped) {
            stream.putLong((Long) event.get(time));
        }
        for (int position : payload) {
            put(stream, event.get(position));
        }
        return (int) stream.getAsLong();
    }

    private static void put(HashStream64 stream, Object value) {
        if (value == null) {
            stream.putByte((byte) 0);
        } else if (value instanceof Map<?, ?> map) {
            stream.putLong(sum(map));
        } else {
            stream.putString(value.toString());
        }
    }

    /** Whatever order the map is in. */
    private static long sum(Map<?, ?> map) {
        long sum = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sum += Hashing.xxh3_64()
                    .hashStream()
                    .putString(entry.getKey().toString())
                    .putString(entry.getValue().toString())
                    .getAsLong();
        }
        return sum;
    }
}
