package countinghouse.bench.flink;

import countinghouse.bench.speed.peer.Row;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.java.tuple.Tuple3;

/** Decodes the record values of the topic as everybody does, with the schema's generated class. */
final class TicketSchema extends AbstractDeserializationSchema<Tuple3<String, String, Long>> {
    private static final long serialVersionUID = 1;

    private final String registry;
    private transient EventDecoder decoder;

    TicketSchema(String registry) {
        this.registry = registry;
    }

    @Override
    public void open(InitializationContext context) {
        decoder = new EventDecoder(new HttpSchemaRegistry(registry), EventType.TICKET);
    }

    @Override
    public Tuple3<String, String, Long> deserialize(byte[] value) {
        TicketEvent ticket = (TicketEvent) decoder.decode(value);
        String identity = ticket.getAccount() + '/' + ticket.getSource() + '/' + ticket.getId();
        Row row = Row.of(ticket.getAccount(), ticket.getOccurredAtMs());
        return Tuple3.of(identity, row.account(), row.cellMs());
    }
}
