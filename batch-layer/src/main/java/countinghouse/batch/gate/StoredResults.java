package countinghouse.batch.gate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import countinghouse.kit.database.Database;
import java.time.OffsetDateTime;
import java.util.List;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/**
 * A question to the metrics repository, as Deequ narrows it; oldest results first.
 *
 * @param tags that a result has to have, among others
 * @param analyzers whose metrics are wanted; null for all
 * @param from first instant of the data set, or null
 * @param to last instant, or null
 */
record StoredResults(
        Database database,
        Map<String, String> tags,
        Seq<Analyzer<?, Metric<?>>> analyzers,
        OffsetDateTime from,
        OffsetDateTime to)
        implements MetricsRepositoryMultipleResultsLoader {
    static StoredResults of(Database database) {
        return new StoredResults(database, Map$.MODULE$.empty(), null, null, null);
    }

    @Override
    public MetricsRepositoryMultipleResultsLoader withTagValues(Map<String, String> wanted) {
        return new StoredResults(database, wanted, analyzers, from, to);
    }

    @Override
    public MetricsRepositoryMultipleResultsLoader forAnalyzers(Seq<Analyzer<?, Metric<?>>> wanted) {
        return new StoredResults(database, tags, wanted, from, to);
    }

    @Override
    public MetricsRepositoryMultipleResultsLoader after(long dateMs) {
        return new StoredResults(database, tags, analyzers, QualityMetrics.time(dateMs), to);
    }

    @Override
    public MetricsRepositoryMultipleResultsLoader before(long dateMs) {
        return new StoredResults(database, tags, analyzers, from, QualityMetrics.time(dateMs));
    }

    @Override
    public Seq<AnalysisResult> get() {
        List<AnalysisResult> results = database.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT result FROM published.quality_metric
                        WHERE tags @> CAST(:tags AS jsonb)
                          AND (CAST(:from AS timestamptz) IS NULL OR data_set_date >= :from)
                          AND (CAST(:to AS timestamptz) IS NULL OR data_set_date <= :to)
                        ORDER BY data_set_date, tags""")
                .bind("tags", QualityMetrics.tagsOf(tags))
                .bind("from", from)
                .bind("to", to)
                .mapTo(String.class)
                .map(QualityMetrics::parse)
                .map(this::wanted)
                .list());
        return JavaConverters.asScalaBuffer(results).toSeq();
    }

    private AnalysisResult wanted(AnalysisResult result) {
        if (analyzers == null) {
            return result;
        }
        Map<Analyzer<?, Metric<?>>, Metric<?>> kept = Map$.MODULE$.empty();
        for (Tuple2<Analyzer<?, Metric<?>>, Metric<?>> entry :
                JavaConverters.asJavaIterable(result.analyzerContext().metricMap())) {
            if (analyzers.contains(entry._1())) {
                kept = kept.$plus(entry);
            }
        }
        return new AnalysisResult(result.resultKey(), new AnalyzerContext(kept));
    }
}
