package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a request, parsed but not judged.
 *
 * @param index place in the request, from 0
 * @param json the CloudEvent in JSON; any JSON value
 * @param text the event as received
 */
record ReceivedEvent(int index, JsonNode json, String text) {}
