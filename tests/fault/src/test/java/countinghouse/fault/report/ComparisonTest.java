package countinghouse.fault.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void shouldNameRowsThatAreMissingWrongOrUnexpected() {
        Comparison comparison = Comparison.of(
                Map.of("same", "1|1|00", "missing", "2|2|00", "wrong", "3|3|00"),
                Map.of("same", "1|1|00", "wrong", "3|3|01", "unexpected", "4|4|00"));
        assertThat(comparison.rowsCompared()).isEqualTo(4);
        assertThat(comparison.differences()).isEqualTo(3);
        assertThat(comparison.examples())
                .containsExactlyInAnyOrder(
                        new Difference("missing", "2|2|00", null),
                        new Difference("wrong", "3|3|00", "3|3|01"),
                        new Difference("unexpected", null, "4|4|00"));
    }

    @Test
    void shouldAddUpComparisonsAndKeepSomeExamples() {
        Comparison rows = Comparison.of(Map.of("row", "1"), Map.of("row", "2"));
        Comparison records =
                Comparison.of(50, 20, java.util.Collections.nCopies(20, new Difference("record", "a", "b")));

        Comparison all = rows.plus(records);

        assertThat(all.rowsCompared()).isEqualTo(51);
        assertThat(all.differences()).isEqualTo(21);
        assertThat(all.examples()).hasSize(10).contains(new Difference("row", "1", "2"));
    }
}
