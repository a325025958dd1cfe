package countinghouse.kit.http;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a process is reached.
 *
 * @param host address to listen on
 * @param port 0 takes any free one
 * @param origins of pages that may call from a browser, beside the process's own; none by default
 * @param tls empty if somebody in front of the process ends TLS
 * @param secure whether callers reach the process by HTTPS only, here or in front of it
 * @param stopDelay how long a process that is to end, and says that it is not ready, still accepts requests
 */
public record HttpConfig(
        String host, int port, Set<String> origins, Optional<Tls> tls, boolean secure, Duration stopDelay) {
    /**
     * A certificate and its key, both as PEM files.
     *
     * @param certificatePath the certificate, with those between it and the root
     * @param keyPath its key, PKCS 8
     */
    public record Tls(String certificatePath, String keyPath) {}

    public static HttpConfig from(Settings settings) {
        Optional<String> certificate = settings.find("http.tls-certificate");
        Optional<String> key = settings.find("http.tls-key");
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigurationException("Set both 'http.tls-certificate' and 'http.tls-key', or neither");
        }
        Optional<Tls> tls = certificate.map(path -> new Tls(path, key.orElseThrow()));
        return new HttpConfig(
                settings.text("http.host", "127.0.0.1"),
                settings.integer("http.port", 8080),
                Arrays.stream(settings.text("http.cors-origins", "").split(","))
                        .map(String::trim)
                        .filter(origin -> !origin.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                tls,
                tls.isPresent() || settings.flag("http.behind-tls", false),
                settings.duration("http.stop-delay", Duration.ZERO));
    }
}
