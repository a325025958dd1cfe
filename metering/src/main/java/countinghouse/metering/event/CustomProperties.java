package countinghouse.metering.event;

import java.util.Map;

/** The data of a custom event: its flattened map, and its CloudEvents type under {@code type} unless the data has its own. */
public record CustomProperties(String type, Map<?, ?> data) implements Properties {
    /** The name under which the CloudEvents type of a custom event is found. */
    static final String TYPE = "type";

    @Override
    public Object get(String name) {
        return name.equals(TYPE) ? type : data.get(name);
    }
}
