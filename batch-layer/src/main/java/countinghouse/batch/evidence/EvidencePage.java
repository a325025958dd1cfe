package countinghouse.batch.evidence;

import java.util.List;
import java.util.Optional;

/**
 * Some raw events of a line, in the order of their positions.
 *
 * @param events at most as many as asked for
 * @param next where to go on; empty at the end
 */
public record EvidencePage(List<EvidenceEvent> events, Optional<String> next) {}
