package countinghouse.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstantTextTest {
    private static final long BEFORE_YEAR_ZERO =
            Instant.parse("-0001-01-01T00:00:00Z").toEpochMilli();
    private static final long AFTER_YEAR_9999 =
            Instant.parse("+10001-01-01T00:00:00Z").toEpochMilli();

    @Test
    void shouldWriteAnyInstantAsTheJdkDoes() {
        Random random = new Random(20261126);
        for (int n = 0; n < 200_000; n++) {
            long ms = random.nextLong(BEFORE_YEAR_ZERO, AFTER_YEAR_9999);
            Instant any = Instant.ofEpochMilli(n % 3 == 0 ? ms / 1000 * 1000 : ms);
            assertThat(InstantText.of(any)).isEqualTo(any.toString());
        }
    }

    @Test
    void shouldWriteBoundariesAndFractionsOfMillisecondsAsTheJdkDoes() {
        List.of(
                        "0000-01-01T00:00:00Z",
                        "9999-12-31T23:59:59.999Z",
                        "+10000-01-01T00:00:00Z",
                        "-0001-12-31T23:59:59.999Z",
                        "1969-12-31T23:59:59.001Z",
                        "2028-02-29T12:00:00.010Z",
                        "2026-01-31T00:00:00.000001Z",
                        "2026-01-31T00:00:00.123456789Z")
                .forEach(text ->
                        assertThat(Json.text(Instant.parse(text))).isEqualTo("\"" + Instant.parse(text) + "\""));
    }
}
