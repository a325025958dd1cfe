package countinghouse.batch.recompute;

import java.util.TreeMap;

/** Counts where the records of one partition and day went. */
final class Tally {
    private final TreeMap<String, Long> invalid = new TreeMap<>();
    private long archived;
    private long counted;
    private long unmetered;
    private long duplicates;
    private long undecodable;
    private long ticks;

    void add(Verdict verdict, boolean contributed) {
        archived++;
        switch (verdict.outcome()) {
            case TICK -> ticks++;
            case UNDECODABLE -> undecodable++;
            case DUPLICATE -> duplicates++;
            case INVALID -> invalid.merge(verdict.rule(), 1L, Long::sum);
            case VALID -> {
                if (contributed) {
                    counted++;
                } else {
                    unmetered++;
                }
            }
        }
    }

    Conservation conservation(String topic, int partition) {
        return new Conservation(
                topic, partition, archived, counted, unmetered, duplicates, new TreeMap<>(invalid), undecodable, ticks);
    }
}
