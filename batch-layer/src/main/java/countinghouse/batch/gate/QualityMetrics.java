package countinghouse.batch.gate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.AnalysisResultSerde;
import com.amazon.deequ.repository.MetricsRepository;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import com.amazon.deequ.repository.ResultKey;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;

/**
 * Deequ's metrics repository in PostgreSQL: a row per result, each written whole or not at all (ADR 0105).
 *
 * <p>Only metrics that have a value are kept, as in Deequ's own repositories.
 */
public final class QualityMetrics implements MetricsRepository {
    private final Database database;

    public QualityMetrics(Database database) {
        this.database = database;
    }

    @Override
    public void save(ResultKey key, AnalyzerContext context) {
        String json = AnalysisResultSerde.serialize(
                JavaConverters.asScalaBuffer(List.of(new AnalysisResult(key, withValues(context))))
                        .toSeq());
        database.jdbi().useHandle(handle -> handle.createUpdate("""
                        INSERT INTO published.quality_metric (data_set_date, tags, result)
                        VALUES (:date, CAST(:tags AS jsonb), CAST(:result AS jsonb))
                        ON CONFLICT (data_set_date, tags) DO UPDATE SET result = EXCLUDED.result""")
                .bind("date", time(key.dataSetDate()))
                .bind("tags", tagsOf(key.tags()))
                .bind("result", json)
                .execute());
    }

    @Override
    public Option<AnalyzerContext> loadByKey(ResultKey key) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT result FROM published.quality_metric
                                WHERE data_set_date = :date AND tags = CAST(:tags AS jsonb)""")
                        .bind("date", time(key.dataSetDate()))
                        .bind("tags", tagsOf(key.tags()))
                        .mapTo(String.class)
                        .findOne())
                .map(json -> Option.apply(parse(json).analyzerContext()))
                .orElseGet(Option::empty);
    }

    @Override
    public MetricsRepositoryMultipleResultsLoader load() {
        return StoredResults.of(database);
    }

    /** The last results before an instant that have some tags, newest first, at most so many. */
    List<AnalysisResult> before(long dateMs, scala.collection.immutable.Map<String, String> tags, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT result FROM published.quality_metric
                        WHERE data_set_date < :date AND tags = CAST(:tags AS jsonb)
                        ORDER BY data_set_date DESC LIMIT :limit""")
                .bind("date", time(dateMs))
                .bind("tags", tagsOf(tags))
                .bind("limit", limit)
                .mapTo(String.class)
                .map(QualityMetrics::parse)
                .list());
    }

    private static AnalyzerContext withValues(AnalyzerContext context) {
        scala.collection.immutable.Map<Analyzer<?, Metric<?>>, Metric<?>> kept = Map$.MODULE$.empty();
        for (Tuple2<Analyzer<?, Metric<?>>, Metric<?>> entry : JavaConverters.asJavaIterable(context.metricMap())) {
            if (entry._2().value().isSuccess()) {
                kept = kept.$plus(entry);
            }
        }
        return new AnalyzerContext(kept);
    }

    static AnalysisResult parse(String json) {
        return AnalysisResultSerde.deserialize(json).head();
    }

    static String tagsOf(scala.collection.immutable.Map<String, String> tags) {
        return Json.text(new TreeMap<>(JavaConverters.mapAsJavaMap(tags)));
    }

    static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }
}
