package countinghouse.ingestion.truth;

/**
 * How many events were sent, and what must become of them. {@code sent = accepted + quarantined};
 * {@code accepted + adsExploded = counted + unmetered + duplicates}.
 *
 * @param sent events sent
 * @param accepted events that must be stored, repetitions included
 * @param quarantined events that must be refused
 * @param adsExploded ads within the accepted views, repetitions included
 * @param duplicates stored records that must not be counted: events sent again, and the ads within them
 * @param unmetered stored records, not duplicates, that no default meter counts
 * @param counted stored records, not duplicates, that some meter counts
 * @param late accepted events from before the simulated day, without repetitions
 */
public record TruthTotals(
        long sent,
        long accepted,
        long quarantined,
        long adsExploded,
        long duplicates,
        long unmetered,
        long counted,
        long late) {}
