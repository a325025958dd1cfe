package countinghouse.batch.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import countinghouse.schemas.Topics;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The tick of one seal, the same for every partition.
 *
 * @param closedThroughMs exclusive end of the last sealed bucket
 * @param floorMs start of the oldest bucket that the speed layer must still hold; empty if it must hold all
 */
record SealTick(long closedThroughMs, OptionalLong floorMs) {
    private static final byte[] NO_VALUE = new byte[0];

    ProducerRecord<byte[], byte[]> record(TopicPartition target) {
        ProducerRecord<byte[], byte[]> tick =
                new ProducerRecord<>(target.topic(), target.partition(), (byte[]) null, NO_VALUE);
        tick.headers().add(Topics.TICK_HEADER, digits(closedThroughMs));
        floorMs.ifPresent(floor -> tick.headers().add(Topics.FLOOR_HEADER, digits(floor)));
        return tick;
    }

    private static byte[] digits(long ms) {
        return Long.toString(ms).getBytes(US_ASCII);
    }
}
