package countinghouse.batch.gate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Entity;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.ResultKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;
import scala.util.Success;

/** The figures of whole ingest days in the metrics repository, as Deequ keeps the size of a data set: one result a day and gate. */
final class DayHistory {
    private static final String GATE_TAG = "day of gate";
    private static final Option<Column> NO_COLUMN = Option.empty();

    private final QualityMetrics metrics;

    DayHistory(QualityMetrics metrics) {
        this.metrics = metrics;
    }

    /** Replaces what was known of the days. */
    void remember(String gate, List<DayFigures> days) {
        days.forEach(day -> metrics.save(key(gate, day.day()), context(day.events())));
    }

    /** The last days before a day of which anything is known, at most so many. */
    Map<LocalDate, Map<String, Long>> before(String gate, LocalDate day, int days) {
        Map<LocalDate, Map<String, Long>> figures = new TreeMap<>();
        for (AnalysisResult result : metrics.before(millisecondsOf(day), tags(gate), days)) {
            figures.put(
                    LocalDate.ofEpochDay(Math.floorDiv(result.resultKey().dataSetDate(), 86_400_000L)),
                    events(result.analyzerContext()));
        }
        return figures;
    }

    private static AnalyzerContext context(Map<String, Long> events) {
        scala.collection.immutable.Map<Analyzer<?, Metric<?>>, Metric<?>> all = Map$.MODULE$.empty();
        for (Map.Entry<String, Long> entry : events.entrySet()) {
            all = all.$plus(new Tuple2<>(analyzer(entry.getKey()), metric(entry.getKey(), entry.getValue())));
        }
        return new AnalyzerContext(all);
    }

    /** Deequ tells metrics apart by their analyzer; the subject is its condition. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Analyzer<?, Metric<?>> analyzer(String subject) {
        return (Analyzer) new Size(Option.apply(subject));
    }

    private static DoubleMetric metric(String subject, long events) {
        return new DoubleMetric(Entity.Dataset(), "Size", subject, new Success<>((double) events), NO_COLUMN);
    }

    private static Map<String, Long> events(AnalyzerContext context) {
        Map<String, Long> events = new TreeMap<>();
        for (Tuple2<Analyzer<?, Metric<?>>, Metric<?>> entry : JavaConverters.asJavaIterable(context.metricMap())) {
            String subject = ((Size) (Object) entry._1()).where().get();
            double size = (Double) ((DoubleMetric) (Object) entry._2()).value().get();
            events.put(subject, (long) size);
        }
        return events;
    }

    private static ResultKey key(String gate, LocalDate day) {
        return new ResultKey(millisecondsOf(day), tags(gate));
    }

    private static scala.collection.immutable.Map<String, String> tags(String gate) {
        scala.collection.immutable.Map<String, String> none = Map$.MODULE$.empty();
        return none.$plus(new Tuple2<>(GATE_TAG, gate));
    }

    private static long millisecondsOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
