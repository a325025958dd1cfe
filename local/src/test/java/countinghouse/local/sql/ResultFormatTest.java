package countinghouse.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
    private static final BigDecimal EXACT = new BigDecimal("12345678901234567890.100000000");

    @Test
    void shouldKeepEveryDigitInJsonAndNameEveryColumn() {
        assertThat(written(
                        ResultFormat.JSON,
                        List.of("account", "value", "n", "rest"),
                        Arrays.asList("a\"b", EXACT, 7L, null),
                        List.of("c", new BigDecimal("1E+3"), -1L, Map.of("x", List.of(EXACT)))))
                .isEqualTo("""
                        [
                        {"account":"a\\"b","value":12345678901234567890.100000000,"n":7,"rest":null},
                        {"account":"c","value":1000,"n":-1,"rest":{"x":[12345678901234567890.100000000]}}
                        ]
                        """);
    }

    @Test
    void shouldWriteAnEmptyResultAsAnEmptyArrayOrNamesAlone() {
        assertThat(written(ResultFormat.JSON, List.of("a"))).isEqualTo("[]\n");
        assertThat(written(ResultFormat.CSV, List.of("a", "b"))).isEqualTo("a,b\r\n");
        assertThat(written(ResultFormat.TABLE, List.of("a", "bcd"))).isEqualTo("a  bcd\n-  ---\n");
    }

    @Test
    void shouldRefuseJsonOfTwoColumnsWithOneName() {
        assertThatThrownBy(() -> written(ResultFormat.JSON, List.of("n", "n")))
                .hasMessageContaining("n")
                .hasMessageContaining("AS");
    }

    @Test
    void shouldQuoteInCsvWhatNeedsIt() {
        assertThat(written(
                        ResultFormat.CSV,
                        List.of("text", "value"),
                        List.of("a,\"b\"\n", EXACT),
                        Arrays.asList(null, 1L)))
                .isEqualTo("text,value\r\n\"a,\"\"b\"\"\n\",12345678901234567890.100000000\r\n,1\r\n");
    }

    @Test
    void shouldAlignNumbersToTheRightInTables() {
        assertThat(written(ResultFormat.TABLE, List.of("account", "n"), List.of("a", 5L), List.of("b", 1234L)))
                .isEqualTo("""
                        account     n
                        -------  ----
                        a           5
                        b        1234
                        """);
    }

    @Test
    void shouldWriteEveryRowOfATableThatIsLongerThanWhatItMeasures() {
        StringWriter text = new StringWriter();
        ResultWriter writer = ResultFormat.TABLE.writer(List.of("n"), new PrintWriter(text, true));
        for (long n = 0; n < 2_500; n++) {
            writer.row(List.of(n));
        }
        writer.end();
        assertThat(text.toString().lines()).hasSize(2_502).last().isEqualTo("2499");
    }

    @SafeVarargs
    private static String written(ResultFormat format, List<String> columns, List<Object>... rows) {
        StringWriter text = new StringWriter();
        ResultWriter writer = format.writer(columns, new PrintWriter(text, true));
        for (List<Object> row : rows) {
            writer.row(row);
        }
        writer.end();
        return text.toString();
    }
}
