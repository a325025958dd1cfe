/** A receiver of OpenTelemetry's spans. */
package countinghouse.testing.tracing;
