package countinghouse.kit.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The spans of this process, sent by OTLP over HTTP, or nowhere. Sending is in the background and bounded: a receiver that does not keep up
 * loses spans, and nothing waits for it.
 */
public final class Tracing implements AutoCloseable {
    private static final String SCOPE = "countinghouse";
    private static final Duration SEND_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);
    private static final Tracing OFF = new Tracing(
            OpenTelemetry.noop().getTracer(SCOPE), SdkTracerProvider.builder().build(), false);

    private final Tracer tracer;
    private final SdkTracerProvider provider;
    private final boolean on;

    private Tracing(Tracer tracer, SdkTracerProvider provider, boolean on) {
        this.tracer = tracer;
        this.provider = provider;
        this.on = on;
    }

    /** No spans at all. */
    public static Tracing off() {
        return OFF;
    }

    /**
     * Spans as the configuration says.
     *
     * @param service what the process is, for those who look at its spans
     */
    public static Tracing open(TracingConfig config, String service) {
        return config.endpoint()
                .map(endpoint -> sendingTo(endpoint, config.sampledShare(), service))
                .orElse(OFF);
    }

    private static Tracing sendingTo(URI endpoint, double sampledShare, String service) {
        String base = endpoint.toString().replaceAll("/+$", "");
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.namespace"),
                        SCOPE,
                        AttributeKey.stringKey("service.name"),
                        service,
                        AttributeKey.stringKey("service.instance.id"),
                        UUID.randomUUID().toString())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampledShare)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(base + "/v1/traces")
                                .setTimeout(SEND_TIMEOUT)
                                .build())
                        .setScheduleDelay(SEND_INTERVAL)
                        .build())
                .build();
        return new Tracing(provider.get(SCOPE), provider, true);
    }

    /** Whether spans go anywhere; asked before anything is done for their sake. */
    public boolean isOn() {
        return on;
    }

    /**
     * A span to be started.
     *
     * @param traceparent W3C header of the span that it belongs under; a new trace begins if it is null or malformed
     */
    public SpanBuilder span(String name, SpanKind kind, String traceparent) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(TraceParent.parse(traceparent))));
    }

    /** Sends what is left, for a bounded time. */
    @Override
    public void close() {
        var unused = provider.shutdown().join(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
