package countinghouse.serving.speedview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class SpeedRowTest {
    @Property
    void shouldReadWhatTheSpeedLayerWrites(
            @ForAll @Positive long bucket,
            @ForAll long cell,
            @ForAll String video,
            @ForAll @Positive long n,
            @ForAll @BigRange(min = "-999999999999999", max = "999999999999999") @Scale(9) BigDecimal value) {
        RowKey key = new RowKey("m", "a", Dimensions.of(Map.of("video_id", video)), cell, bucket, "events.view-11");
        RowValue counted = new RowValue(n, value, new Fingerprint(n, cell));

        assertThat(SpeedRow.parse(Map.of(RowText.field(key), RowText.value(counted))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.bucketMs()).isEqualTo(bucket);
                    assertThat(row.cellMs()).isEqualTo(cell);
                    assertThat(row.dimensions()).isEqualTo(key.dimensions());
                    assertThat(row.n()).isEqualTo(n);
                    assertThat(row.measure().number()).isEqualByComparingTo(value);
                });
    }

    @Test
    void shouldRefuseWhatIsNoRow() {
        assertThatThrownBy(() -> SpeedRow.parse(Map.of("1|2", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'1|2'");
    }
}
