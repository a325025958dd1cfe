package countinghouse.kit.tracing;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where spans go and how many there are.
 *
 * @param endpoint base address of an OTLP receiver over HTTP, such as {@code http://collector:4318}; empty switches tracing off
 * @param sampledShare share of the traces begun here that are kept, 0 to 1; a caller's own decision comes before it
 */
public record TracingConfig(Optional<URI> endpoint, double sampledShare) {
    private static final String ENDPOINT = "tracing.otlp-endpoint";
    private static final String SHARE = "tracing.sampled-share";
    private static final String DEFAULT_SHARE = "0.01";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public static TracingConfig from(Settings settings) {
        Optional<URI> endpoint = settings.find(ENDPOINT).map(text -> settings.uri(ENDPOINT));
        endpoint.ifPresent(TracingConfig::requireAddress);
        return new TracingConfig(endpoint, share(settings.text(SHARE, DEFAULT_SHARE)));
    }

    private static void requireAddress(URI endpoint) {
        if (endpoint.getHost() == null || endpoint.getScheme() == null || !SCHEMES.contains(endpoint.getScheme())) {
            throw new ConfigurationException(
                    "The setting '%s' is '%s'; it must be the base address of an OTLP receiver over HTTP, such as http://collector:4318"
                            .formatted(ENDPOINT, endpoint));
        }
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text.trim());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new ConfigurationException(
                "The setting '%s' is '%s'; it must be a number from 0 to 1, such as 0.01".formatted(SHARE, text));
    }
}
