package countinghouse.speed.topology;

import static java.nio.charset.StandardCharsets.US_ASCII;

import countinghouse.schemas.Topics;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** Records that count for nothing and only say how far the batch layer is. */
final class Ticks {
    private Ticks() {}

    static boolean isTick(Record<byte[], byte[]> record) {
        return record.key() == null && record.headers().lastHeader(Topics.TICK_HEADER) != null;
    }

    /** The floor that a tick carries; empty if it carries none, or one that is no number: rows are then held longer, never lost. */
    static OptionalLong floorMs(Record<byte[], byte[]> tick) {
        Header floor = tick.headers().lastHeader(Topics.FLOOR_HEADER);
        if (floor == null || floor.value() == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(floor.value(), US_ASCII)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
