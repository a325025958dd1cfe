package countinghouse.batch.erasure;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.erasure.ErasureTask.Rewritten;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.maintenance.CompactionJob;
import countinghouse.batch.publish.PublishJob;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.kit.database.Database;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Takes a person out of the archive and out of what generations hold of it, so that every count, bill and proof stays (ADR 0169): a record
 * keeps its place, identity and values, and one viewer's records stay those of one viewer, of whom nobody can tell any more who it was.
 */
public final class ErasureJob {
    private static final List<EventType> TYPES = List.of(EventType.VIEW, EventType.TICKET);

    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final Database database;
    private final ErasureConditions conditions;

    /** @param redisUrl of the live layer's rows */
    public ErasureJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            Database database,
            Generations generations,
            CountingSchedule schedule,
            String redisUrl) {
        this.spark = spark;
        this.catalog = catalog;
        this.database = database;
        this.conditions = new ErasureConditions(schedule, generations, redisUrl);
    }

    /** A table, and the files that have records of the person. */
    private record Search(Table table, List<PersonFile> referenced, long left) {}

    /** What erasing would do now. */
    public Erased look(String identifier) {
        return summary(null, search(Person.of(identifier)));
    }

    /**
     * Erases; repeated, it finds nothing more to do.
     *
     * @param reference of the request, for the audit ledger; must not name the person
     * @param actor who erases
     */
    public Erased erase(String identifier, String reference, String actor) {
        Person person = Person.of(identifier);
        conditions.requireNoMeterThatShows();
        try (AdvisoryLock maintenance = AdvisoryLock.take(database, CompactionJob.LOCK);
                // A generation that is being published would pin the files that are replaced here.
                AdvisoryLock publish = AdvisoryLock.take(database, PublishJob.LOCK)) {
            TYPES.forEach(type -> Successors.removeUnfinished(catalog.raw(type)));
            List<Search> searches = search(person);
            List<PersonFile> files = searches.stream()
                    .flatMap(search -> search.referenced().stream())
                    .toList();
            if (files.isEmpty()) {
                return summary(null, searches);
            }
            conditions.requireErasable(files);
            // Before it is done: an erasure that nobody noted would be worse than a noted one that has to be repeated.
            long number = note(reference, actor, records(searches));
            searches.stream()
                    .filter(search -> !search.referenced().isEmpty())
                    .forEach(search -> new Successors(search.table(), person, rewrite(search, person)).commit());
            return summary(number, searches);
        }
    }

    private List<Search> search(Person person) {
        return TYPES.stream().map(type -> search(catalog.raw(type), person)).toList();
    }

    private Search search(Table table, Person person) {
        HeldFiles held = HeldFiles.of(table, person);
        return new Search(
                table,
                search(table, held.referenced().values(), person),
                search(table, held.left().values(), person).size());
    }

    private List<PersonFile> search(Table table, Collection<DataFile> files, Person person) {
        if (files.isEmpty()) {
            return List.of();
        }
        ErasureTask task = new ErasureTask(person);
        Table shipped = SerializableTable.copyOf(table);
        return spark.parallelize(List.copyOf(files), files.size())
                .map(file -> task.search(shipped, file).orElse(null))
                .filter(found -> found != null)
                .collect();
    }

    private List<Rewritten> rewrite(Search search, Person person) {
        ErasureTask task = new ErasureTask(person);
        Table shipped = SerializableTable.copyOf(search.table());
        return spark.parallelize(search.referenced(), search.referenced().size())
                .zipWithIndex()
                .map(file -> task.rewrite(shipped, file._1().file(), file._2().intValue()))
                .collect();
    }

    private long note(String reference, String actor, long records) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        INSERT INTO published.erasure (reference, records, erased_by) VALUES (:reference, :records, :actor)
                        RETURNING number""")
                .bind("reference", reference)
                .bind("records", records)
                .bind("actor", actor)
                .mapTo(Long.class)
                .one());
    }

    private static Erased summary(Long number, List<Search> searches) {
        long files = searches.stream()
                .mapToLong(search -> search.referenced().size())
                .sum();
        long left = searches.stream().mapToLong(Search::left).sum();
        return new Erased(number, records(searches), files, number == null ? left : left + files);
    }

    private static long records(List<Search> searches) {
        return searches.stream()
                .mapToLong(search -> search.referenced().stream()
                        .flatMap(PersonFile::positions)
                        .distinct()
                        .count())
                .sum();
    }
}
