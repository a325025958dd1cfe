package countinghouse.metering.history;

import java.util.Arrays;

/** Instants in ascending order, repetitions included. Made for instants that come and go roughly in order. */
final class TimesInOrder {
    private static final int INITIAL_CAPACITY = 16;

    private long[] times = new long[INITIAL_CAPACITY];
    private int first;
    private int end;

    void add(long time) {
        if (end == times.length) {
            makeRoom();
        }
        int position = firstNotBefore(time + 1);
        System.arraycopy(times, position, times, position + 1, end - position);
        times[position] = time;
        end++;
    }

    /** Removes one instant, which must be there. */
    void remove(long time) {
        int position = firstNotBefore(time);
        if (position == first) {
            first++;
            return;
        }
        System.arraycopy(times, position + 1, times, position, end - position - 1);
        end--;
    }

    /** How many lie in {@code (after, before)}, both exclusive. */
    int between(long after, long before) {
        return firstNotBefore(before) - firstNotBefore(after + 1);
    }

    void clear() {
        first = 0;
        end = 0;
    }

    private void makeRoom() {
        int size = end - first;
        long[] roomier = size > times.length / 2 ? new long[times.length * 2] : times;
        System.arraycopy(times, first, roomier, 0, size);
        times = roomier;
        first = 0;
        end = size;
    }

    private int firstNotBefore(long time) {
        int found = Arrays.binarySearch(times, first, end, time);
        if (found < 0) {
            return -found - 1;
        }
        while (found > first && times[found - 1] == time) {
            found--;
        }
        return found;
    }
}
