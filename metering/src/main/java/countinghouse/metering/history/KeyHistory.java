package countinghouse.metering.history;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayDeque;

/**
 * The views of one key within the look-back. A view that was delivered twice is one view, unless its two records tell different times.
 *
 * <p>Invariant: what {@link #othersWithin} answers depends only on the records within the look-back of the one that asks, so it does not
 * matter where a run starts.
 */
final class KeyHistory {
    private record Seen(long bucketMs, long identity, long occurredAtMs) {}

    private final ArrayDeque<Seen> inOrder = new ArrayDeque<>();
    private final Long2ObjectOpenHashMap<LongArrayList> timesByIdentity = new Long2ObjectOpenHashMap<>();
    private final TimesInOrder distinct = new TimesInOrder();

    /** Takes the next view; buckets never decrease. */
    void add(HistoryView view) {
        inOrder.add(new Seen(view.bucketMs(), view.identity(), view.occurredAtMs()));
        LongArrayList times = timesByIdentity.computeIfAbsent(view.identity(), ignored -> new LongArrayList(1));
        if (!times.contains(view.occurredAtMs())) {
            distinct.add(view.occurredAtMs());
        }
        times.add(view.occurredAtMs());
    }

    /** Forgets the views of buckets that start before an instant. */
    void expireBefore(long bucketMs) {
        while (!inOrder.isEmpty() && inOrder.peek().bucketMs < bucketMs) {
            Seen expired = inOrder.poll();
            LongArrayList times = timesByIdentity.get(expired.identity);
            times.rem(expired.occurredAtMs);
            if (!times.contains(expired.occurredAtMs)) {
                distinct.remove(expired.occurredAtMs);
            }
            if (times.isEmpty()) {
                timesByIdentity.remove(expired.identity);
            }
        }
    }

    /** How many views of other identities lie less than so much before or after the view. */
    int othersWithin(HistoryView view, long withinMs) {
        long after = view.occurredAtMs() - withinMs;
        long before = view.occurredAtMs() + withinMs;
        int all = distinct.between(after, before);
        LongArrayList own = timesByIdentity.get(view.identity());
        return own == null ? all : all - distinctWithin(own, after, before);
    }

    void clear() {
        inOrder.clear();
        timesByIdentity.clear();
        distinct.clear();
    }

    private static int distinctWithin(LongArrayList times, long after, long before) {
        int found = 0;
        for (int i = 0; i < times.size(); i++) {
            long time = times.getLong(i);
            if (time > after && time < before && times.indexOf(time) == i) {
                found++;
            }
        }
        return found;
    }
}
