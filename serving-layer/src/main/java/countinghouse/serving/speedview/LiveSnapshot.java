package countinghouse.serving.speedview;

import java.util.Map;

/**
 * A live view as Redis held it.
 *
 * @param entries by account, field to text; accounts without entries are absent
 * @param snapshot the floor, and what may be missing; without rows
 */
public record LiveSnapshot(Map<String, Map<String, String>> entries, SpeedSnapshot snapshot) {}
