package countinghouse.local.demo;

import countinghouse.kit.database.Database;

/**
 * What became of every archived record, added up over all partitions of the generation that is served.
 *
 * <p>A run's own sealing ticks lie in the bucket after the last closed one, so the generation does not judge them yet. All that it
 * archived and does not judge is taken for such ticks; an event among them would show, because the ticks would then be too many.
 *
 * @param archived records in the archive, from offset 0 to the ends that the generation names
 * @param invalid records that break a rule, and undecodable ones
 * @param ticks judged or not yet
 */
record Conserved(long archived, long counted, long unmetered, long duplicates, long invalid, long ticks) {
    private static final String SQL = """
            SELECT ends.archived, judged.counted, judged.unmetered, judged.duplicates, judged.invalid,
                   judged.ticks + ends.archived - judged.archived AS ticks
            FROM published.pointer p
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(c.archived), 0) AS archived, coalesce(sum(c.counted), 0) AS counted,
                       coalesce(sum(c.unmetered), 0) AS unmetered, coalesce(sum(c.duplicates), 0) AS duplicates,
                       coalesce(sum(c.undecodable), 0)
                           + coalesce(sum((SELECT sum(value::bigint) FROM jsonb_each_text(c.invalid))), 0) AS invalid,
                       coalesce(sum(c.ticks), 0) AS ticks
                FROM published.conservation c WHERE c.generation = p.generation) judged
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(e.value::bigint), 0) AS archived
                FROM published.generation g, jsonb_each(g.manifest -> 'endOffsets') t, jsonb_each_text(t.value) e
                WHERE g.number = p.generation) ends
            """;

    static Conserved read(Database database) {
        return database.jdbi().withHandle(handle -> handle.createQuery(SQL)
                .map((row, context) -> new Conserved(
                        row.getLong("archived"),
                        row.getLong("counted"),
                        row.getLong("unmetered"),
                        row.getLong("duplicates"),
                        row.getLong("invalid"),
                        row.getLong("ticks")))
                .one());
    }
}
