package countinghouse.ingestion.client;

import java.util.Map;

/**
 * What became of the events sent.
 *
 * @param sent events sent; {@code stored + quarantined}
 * @param stored events that the platform acknowledged
 * @param quarantined events that it refused
 * @param reasons refused events by rule
 * @param retries batches that had to be sent again
 */
public record SendResult(long sent, long stored, long quarantined, Map<String, Long> reasons, long retries) {}
