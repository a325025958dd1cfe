package countinghouse.metering.time;

import java.time.Duration;

/**
 * A cell of event time: 15 minutes. The offset of every time zone is a multiple of it, so days and months are exact sums of cells in
 * every zone (design.md, section 4).
 */
public final class Cell {
    public static final Duration WIDTH = Duration.ofMinutes(15);
    private static final long WIDTH_MS = WIDTH.toMillis();

    private Cell() {}

    /** Start in ms of the cell that an instant lies in. */
    public static long startOf(long instantMs) {
        return instantMs - Math.floorMod(instantMs, WIDTH_MS);
    }

    /** Start in ms of the cell of a given width that an instant lies in; cells of any width start with the epoch. */
    public static long startOf(long instantMs, Duration width) {
        return instantMs - Math.floorMod(instantMs, width.toMillis());
    }

    public static boolean isAligned(long instantMs) {
        return Math.floorMod(instantMs, WIDTH_MS) == 0;
    }
}
