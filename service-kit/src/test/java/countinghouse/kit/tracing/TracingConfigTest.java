package countinghouse.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingConfigTest {
    private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void shouldBeOffUnlessAReceiverIsNamed() {
        TracingConfig config = TracingConfig.from(Settings.of(Map.of()));
        assertThat(config.endpoint()).isEmpty();
        assertThat(Tracing.open(config, "api").isOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "ftp://collector", "/v1/traces"})
    void shouldRefuseAReceiverThatNoSpanCouldReach(String endpoint) {
        assertThatThrownBy(() -> TracingConfig.from(Settings.of(Map.of("tracing.otlp-endpoint", endpoint))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tracing.otlp-endpoint")
                .hasMessageContaining(endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.01", "all", "NaN"})
    void shouldRefuseAShareThatIsNone(String share) {
        assertThatThrownBy(() -> TracingConfig.from(Settings.of(Map.of("tracing.sampled-share", share))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tracing.sampled-share")
                .hasMessageContaining(share);
    }

    @Test
    void shouldReadAndWriteTheHeaderOfTheTraceContext() {
        SpanContext span = TraceParent.parse(HEADER);
        assertThat(span.isRemote()).isTrue();
        assertThat(span.isSampled()).isTrue();
        assertThat(TraceParent.format(span)).isEqualTo(HEADER);
        assertThat(TraceParent.isSampled(HEADER)).isTrue();
        assertThat(TraceParent.isSampled(HEADER.replaceFirst("01$", "02"))).isFalse();
        assertThat(TraceParent.isSampled(null)).isFalse();
        assertThat(TraceParent.parse(null).isValid()).isFalse();
        assertThat(TraceParent.parse(HEADER.replace("0af7", "xyz!")).isValid()).isFalse();
    }
}
