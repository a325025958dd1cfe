package countinghouse.metering.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.event.Properties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterCatalogTest {
    @Test
    void shouldShipTheDefaultMeters() {
        assertThat(MeterCatalog.standard().version()).isEqualTo(1);
        assertThat(MeterCatalog.standard().meters())
                .extracting(Meter::slug)
                .contains(
                        "views",
                        "billable_views",
                        "watch_seconds",
                        "ad_impressions",
                        "tickets_sold",
                        "tickets_served",
                        "jobs_submitted",
                        "jobs_completed",
                        "jobs_failed",
                        "job_seconds",
                        "quiz_answers");
        assertThat(MeterCatalog.standard().meter("no_such_meter")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "slug: m, eventType: t, aggregation: AVG; unknown aggregation 'AVG'",
                "slug: m, eventType: t, aggregation: SUM; needs a 'valueProperty'",
                "slug: m, eventType: t, aggregation: COUNT, valueProperty: x; cannot have a 'valueProperty'",
                "slug: m, eventType: t, aggregation: COUNT, colour: red; unknown key 'colour'",
                "slug: M-1, eventType: t, aggregation: COUNT; is not a slug",
                "slug: m, aggregation: COUNT; no text 'eventType'",
                "slug: m, eventType: t, aggregation: COUNT, where: {property: x}; not understood",
                "slug: m, eventType: t, aggregation: COUNT, where: {property: x, like: y}; not understood"
            })
    void shouldRefuseWhatItDoesNotUnderstandAndSayWhere(String meter, String message) {
        assertThatThrownBy(() -> read("version: 1\nmeters: [{" + meter + "}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseACatalogWithoutVersionOrMetersOrWithAMeterTwice() {
        String meter = "{slug: m, eventType: t, aggregation: COUNT}";
        assertThatThrownBy(() -> read("meters: []")).hasMessageContaining("version");
        assertThatThrownBy(() -> read("version: 1")).hasMessageContaining("meters");
        assertThatThrownBy(() -> read("version: 1\nmeters: [" + meter + "," + meter + "]"))
                .hasMessageContaining("twice");
    }

    @Test
    void shouldEvaluateThePredicateTree() throws IOException {
        Predicate where = read("""
                        version: 1
                        meters:
                          - slug: m
                            eventType: t
                            aggregation: MAX
                            valueProperty: v
                            where:
                              all:
                                - {property: tier, in: [vip, pro]}
                                - any:
                                    - {property: v, exists: true}
                                    - {property: w, equals: 1.5}
                                - not: {property: blocked, equals: true}
                        """).meter("m").orElseThrow().where();
        assertThat(where.test(of(Map.of("tier", "vip", "v", 1)))).isTrue();
        assertThat(where.test(of(Map.of("tier", "pro", "w", new BigDecimal("1.50")))))
                .isTrue();
        assertThat(where.test(of(Map.of("tier", "free", "v", 1)))).isFalse();
        assertThat(where.test(of(Map.of("tier", "vip")))).isFalse();
        assertThat(where.test(of(Map.of("tier", "vip", "v", 1, "blocked", true))))
                .isFalse();
    }

    @Test
    void shouldReadTheSameNumberFromEveryKindOfProperty() {
        assertThat(PropertyText.decimalOf("1.50")).contains(new BigDecimal("1.50"));
        assertThat(PropertyText.decimalOf(3)).contains(BigDecimal.valueOf(3));
        assertThat(PropertyText.decimalOf(3L)).contains(BigDecimal.valueOf(3));
        assertThat(PropertyText.decimalOf(new BigDecimal("2"))).contains(BigDecimal.valueOf(2));
        assertThat(PropertyText.decimalOf("many")).isEmpty();
        assertThat(PropertyText.decimalOf("1e99")).isEmpty();
        assertThat(PropertyText.decimalOf(true)).isEmpty();
        assertThat(PropertyText.decimalOf("9".repeat(65))).isEmpty();
    }

    @Test
    void shouldParseTheDimensionsItWrites() {
        Map<String, String> dimensions = Map.of("b", "x\"y", "a", "1");
        assertThat(Dimensions.of(dimensions)).isEqualTo("{\"a\":\"1\",\"b\":\"x\\\"y\"}");
        assertThat(Dimensions.parse(Dimensions.of(dimensions))).isEqualTo(dimensions);
        assertThatThrownBy(() -> Dimensions.parse("{")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Properties of(Map<String, Object> data) {
        return data::get;
    }

    private static MeterCatalog read(String yaml) throws IOException {
        return MeterYaml.read(new ByteArrayInputStream(yaml.getBytes(UTF_8)));
    }
}
