package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.rules.Violation;

/** An event that is not stored but quarantined, and why. */
record RejectedEvent(ReceivedEvent event, Violation violation) {
    /** CloudEvents source; null if unreadable. */
    public String source() {
        return text("source");
    }

    /** CloudEvents subject; null if unreadable. */
    public String account() {
        return text("subject");
    }

    private String text(String field) {
        JsonNode value = event.json().path(field);
        return value.isTextual() ? value.asText() : null;
    }
}
