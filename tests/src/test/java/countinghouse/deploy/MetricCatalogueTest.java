package countinghouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The catalogue of metrics, the code that registers them, and what is asked of them. */
class MetricCatalogueTest {
    private static final Map<String, TreeSet<String>> EXPOSED = RegisteredMeters.exposed();

    @Test
    void shouldDocumentWhatTheCodeRegistersAndNothingElse() {
        assertThat(MetricCatalogue.documented()).isEqualTo(EXPOSED);
    }

    @Test
    void shouldFindWhatAnExpressionRefersTo() {
        PromExpression expression = new PromExpression(
                "time() - max by (kind) (countinghouse_speed_counting{outcome=~\"a|b\"} offset 1w) > 3.5e3 and sum(rate(up[5m:1m])) or absent_series");
        assertThat(expression.series()).containsExactly("absent_series", "countinghouse_speed_counting");
        assertThat(expression.labels()).containsExactly("kind", "outcome");
        assertThat(expression.unknownTo(EXPOSED)).containsExactly("absent_series", "kind", "outcome");
    }
}
