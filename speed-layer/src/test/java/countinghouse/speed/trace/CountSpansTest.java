package countinghouse.speed.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.tracing.Tracing;
import countinghouse.kit.tracing.TracingConfig;
import countinghouse.schemas.Topics;
import countinghouse.testing.tracing.ReceivedSpan;
import countinghouse.testing.tracing.SpanReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CountSpansTest {
    private static final TopicPartition VIEWS = new TopicPartition("events.view", 3);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String UNSAMPLED = "00-" + TRACE + "-b7ad6b7169203331-00";

    private enum Fate {
        COUNTED,
        DUPLICATE
    }

    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    @Test
    void shouldFollowOnlyRecordsWhoseTraceIsKept() throws Exception {
        try (SpanReceiver receiver = SpanReceiver.start();
                Tracing tracing = tracing(receiver)) {
            CountSpans spans = new CountSpans(tracing, VIEWS.partition());
            spans.counted(VIEWS, 1, new RecordHeaders(), Fate.COUNTED);
            spans.counted(VIEWS, 2, traced(UNSAMPLED), Fate.COUNTED);
            spans.counted(VIEWS, 3, traced("no trace at all"), Fate.COUNTED);
            spans.counted(VIEWS, 4, traced(SAMPLED), Fate.DUPLICATE);
            spans.flush(this::write);
            spans.flush(this::write);

            assertThat(keys).singleElement().satisfies(key -> assertThat(TraceEntry.isTrace(key))
                    .isTrue());
            List<String> handedOn = TraceEntry.decodeValue(values.get(0));
            new ProjectionSpans(tracing).written(handedOn, Instant.EPOCH, Instant.EPOCH.plusMillis(3), 7);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(receiver.spans()).hasSize(2));
            ReceivedSpan counted = receiver.spans().get(0);
            assertThat(counted.name()).isEqualTo("count events.view");
            assertThat(counted.parentId()).isEqualTo("b7ad6b7169203331");
            assertThat(counted.attributes())
                    .containsEntry("messaging.kafka.offset", "4")
                    .containsEntry("messaging.destination.partition.id", "3")
                    .containsEntry("countinghouse.outcome", "duplicate");
            assertThat(receiver.spans().get(1).parentId()).isEqualTo(counted.spanId());
            assertThat(receiver.spans()).extracting(ReceivedSpan::traceId).containsOnly(TRACE);
        }
    }

    @Test
    void shouldHandOnNoMoreOfACommitThanTheCountsTopicCanCarry() throws Exception {
        try (SpanReceiver receiver = SpanReceiver.start();
                Tracing tracing = tracing(receiver)) {
            CountSpans spans = new CountSpans(tracing, VIEWS.partition());
            for (int offset = 0; offset < 10 * CountSpans.MAX_PER_COMMIT; offset++) {
                spans.counted(VIEWS, offset, traced(SAMPLED), Fate.COUNTED);
            }
            spans.flush(this::write);

            assertThat(TraceEntry.decodeValue(values.get(0))).hasSize(CountSpans.MAX_PER_COMMIT);
        }
    }

    @Test
    void shouldWriteNothingWhileTracingIsOff() {
        CountSpans spans = new CountSpans(Tracing.off(), VIEWS.partition());
        spans.counted(VIEWS, 1, traced(SAMPLED), Fate.COUNTED);
        spans.flush(this::write);
        assertThat(keys).isEmpty();
    }

    private void write(byte[] key, byte[] value) {
        keys.add(key);
        values.add(value);
    }

    private static Tracing tracing(SpanReceiver receiver) {
        return Tracing.open(new TracingConfig(Optional.of(receiver.url()), 0), "speed");
    }

    private static Headers traced(String traceparent) {
        return new RecordHeaders().add(Topics.TRACE_HEADER, traceparent.getBytes(UTF_8));
    }
}
