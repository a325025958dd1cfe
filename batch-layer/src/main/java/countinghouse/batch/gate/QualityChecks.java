package countinghouse.batch.gate;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.analyzers.AnalyzerOptions;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import com.amazon.deequ.checks.CheckResult;
import com.amazon.deequ.checks.CheckStatus;
import com.amazon.deequ.checks.CheckWithLastConstraintFilterable;
import com.amazon.deequ.constraints.Constraint;
import com.amazon.deequ.constraints.ConstraintResult;
import com.amazon.deequ.constraints.ConstraintStatus;
import com.amazon.deequ.repository.MetricsRepository;
import com.amazon.deequ.repository.ResultKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.List$;
import scala.util.matching.Regex;

/** The one place that speaks to Deequ: named checks over a dataset, and what became of each. */
final class QualityChecks {
    private static final Option<String> NO_TEXT = Option.empty();
    private static final Option<AnalyzerOptions> NO_OPTIONS = Option.empty();

    private Check check;

    QualityChecks(String name) {
        check = new Check(
                CheckLevel.Error(),
                name,
                JavaConverters.asScalaBuffer(List.<Constraint>of()).toSeq());
    }

    /** No row lacks the column. */
    QualityChecks complete(String column) {
        check = check.isComplete(column, NO_TEXT, NO_OPTIONS);
        return this;
    }

    /** No two rows agree in all of the columns. */
    QualityChecks unique(String... columns) {
        check = check.hasUniqueness(
                JavaConverters.asScalaBuffer(List.of(columns)).toSeq(), atLeast(1));
        return this;
    }

    /** At least a share of the rows satisfies a condition in SQL. */
    QualityChecks satisfies(String name, String condition, double share) {
        check = check.satisfies(condition, name, atLeast(share), NO_TEXT, List$.MODULE$.<String>empty(), NO_OPTIONS);
        return this;
    }

    /** Of the rows that a condition in SQL selects, at least a share matches a pattern in a column. */
    QualityChecks matches(String column, String pattern, String where, double share) {
        CheckWithLastConstraintFilterable constraint = check.hasPattern(
                column,
                new Regex(
                        pattern, JavaConverters.asScalaBuffer(List.<String>of()).toSeq()),
                atLeast(share),
                NO_TEXT,
                NO_TEXT,
                NO_OPTIONS);
        check = constraint.where(where);
        return this;
    }

    /** Runs every check over a dataset, and keeps what was measured under a key. */
    GateVerdict verify(String gate, Dataset<Row> data, MetricsRepository metrics, ResultKey key) {
        VerificationResult result = new VerificationSuite()
                .onData(data)
                .addCheck(check)
                .useRepository(metrics)
                .saveOrAppendResult(key)
                .run();
        List<String> held = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (CheckResult checked :
                JavaConverters.asJavaIterable(result.checkResults().values())) {
            for (ConstraintResult constraint : JavaConverters.seqAsJavaList(checked.constraintResults())) {
                String name = constraint.constraint().toString();
                if (constraint.status().equals(ConstraintStatus.Success())) {
                    held.add(name);
                } else {
                    failed.add(name + " (" + constraint.message().getOrElse(() -> "no figure") + ")");
                }
            }
        }
        if (failed.isEmpty() && !result.status().equals(CheckStatus.Success())) {
            failed.add("Deequ reports %s without naming a constraint".formatted(result.status()));
        }
        return new GateVerdict(gate, held, failed, List.of());
    }

    private static Function1<Object, Object> atLeast(double share) {
        return figure -> (Double) figure >= share;
    }
}
