package countinghouse.speed.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.Hashing;
import countinghouse.schemas.EventType;
import countinghouse.schemas.encoded.EncodedRecord;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * 32 bits of a hash over what the producer said in an event: each field that is not null, by its position and its value. Left out are the identity
 * itself, a time that the door stamped, and what the door adds of its own: they may differ when the same event is sent again (ADR 0025). A field that
 * a later version of the schema adds changes nothing where it is null. Not thread-safe.
 */
final class PayloadDigest {
    private static final String TIME = "occurred_at_ms";
    private static final String STAMPED = "occurred_at_stamped";
    private static final Set<String> NOT_PAYLOAD = Set.of("id", "source", "account", TIME, STAMPED, "client_network");
    private static final int SMALLEST = 512;
    /** Position and length of a field, or a number instead of its bytes. */
    private static final int MOST_BESIDE_BYTES = Integer.BYTES + Long.BYTES;

    private final int[] payload;
    private final int time;
    private final int stamped;
    private ByteBuffer input = ByteBuffer.allocate(SMALLEST);

    PayloadDigest(EventType type) {
        Schema schema = type.schema();
        payload = schema.getFields().stream()
                .filter(field -> !NOT_PAYLOAD.contains(field.name()))
                .mapToInt(Schema.Field::pos)
                .toArray();
        time = schema.getField(TIME).pos();
        stamped = schema.getField(STAMPED).pos();
    }

    int of(EncodedRecord event) {
        int most = event.bytes().length + (payload.length + 1) * MOST_BESIDE_BYTES;
        if (input.capacity() < most) {
            input = ByteBuffer.allocate(2 * most);
        }
        input.clear();
        if (event.number(stamped) == 0) {
            put(time, event);
        }
        for (int position : payload) {
            put(position, event);
        }
        return (int) Hashing.xxh3_64().hashBytesToLong(input.array(), 0, input.position());
    }

    private void put(int position, EncodedRecord event) {
        if (event.isNull(position)) {
            return;
        }
        input.putInt(position);
        if (event.isText(position)) {
            int length = event.end(position) - event.start(position);
            input.putInt(length).put(event.bytes(), event.start(position), length);
        } else {
            input.putLong(event.isNumber(position) ? event.number(position) : hash(event.value(position)));
        }
    }

    /** Of equal values the same, whatever their bytes are. */
    private static long hash(Object value) {
        return value instanceof Map<?, ?> map
                ? sum(map)
                : Hashing.xxh3_64().hashBytesToLong(value.toString().getBytes(UTF_8));
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
