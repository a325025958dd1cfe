package countinghouse.fault.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AcknowledgedTest {
    private static final TopicPartition PARTITION = new TopicPartition("events.view", 3);

    private final Acknowledged acknowledged = new Acknowledged();

    @Test
    void shouldFindAnAcknowledgedRecordThatTheLogHoldsAsItWasSent() {
        acknowledged.add(at(7), new byte[] {1, 2});
        acknowledged.seen(new ConsumerRecord<>("events.view", 3, 7, null, new byte[] {1, 2}));
        assertThat(acknowledged.lost()).isEmpty();
        assertThat(acknowledged.total()).isEqualTo(1);
    }

    @Test
    void shouldNameAnAcknowledgedRecordThatTheLogLacksOrHoldsOtherwise() {
        acknowledged.add(at(7), new byte[] {1, 2});
        acknowledged.add(at(8), new byte[] {3});
        acknowledged.seen(new ConsumerRecord<>("events.view", 3, 8, null, new byte[] {4}));
        assertThat(acknowledged.lost()).containsExactlyInAnyOrder("events.view-3@7", "events.view-3@8");
    }

    private static RecordMetadata at(long offset) {
        return new RecordMetadata(PARTITION, offset, 0, 0, 0, 2);
    }
}
