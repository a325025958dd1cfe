package countinghouse.serving.speedview;

import java.util.List;
import java.util.Map;

/**
 * The rows of one meter as Redis held them.
 *
 * @param rows by account; accounts without rows may be absent
 * @param floorMs every row whose bucket starts here or later is held; {@link Long#MIN_VALUE} if nothing was ever deleted
 * @param missing why rows may be missing, for people; null if none are
 */
public record SpeedSnapshot(Map<String, List<SpeedRow>> rows, long floorMs, String missing) {}
