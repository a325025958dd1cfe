package countinghouse.bench.speed.peer;

import countinghouse.schemas.event.TicketEvent;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Lets an event pass if the window store has not seen its id within the horizon. */
final class DuplicateFilter implements FixedKeyProcessor<String, TicketEvent, TicketEvent> {
    private FixedKeyProcessorContext<String, TicketEvent> context;
    private WindowStore<String, Long> seen;

    @Override
    public void init(FixedKeyProcessorContext<String, TicketEvent> processorContext) {
        context = processorContext;
        seen = processorContext.getStateStore(DslMain.SEEN);
    }

    @Override
    public void process(FixedKeyRecord<String, TicketEvent> record) {
        String id = record.key()
                + '/'
                + record.value().getSource()
                + '/'
                + record.value().getId();
        long horizonMs = DslMain.HORIZON.toMillis();
        long timeMs = record.timestamp();
        try (WindowStoreIterator<Long> earlier = seen.fetch(id, timeMs - horizonMs, timeMs + horizonMs)) {
            if (earlier.hasNext()) {
                return;
            }
        }
        seen.put(id, timeMs, timeMs);
        context.forward(record);
    }
}
