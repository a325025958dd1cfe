package countinghouse.billing.alert;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When alerts are raised and where they go.
 *
 * @param thresholds percents, ascending ({@code alerts.thresholds}, 80,100)
 * @param interval between two looks at all accounts ({@code alerts.interval}, 1 min)
 * @param bootstrapServers of Kafka, for {@code billing.alerts} ({@code kafka.bootstrap-servers}); empty for no such channel
 * @param webhook where alerts are posted to ({@code alerts.webhook-url}); empty for no such channel
 * @param webhookSecret signs them ({@code alerts.webhook-secret}, at least 32 characters)
 * @param retry what follows a failed attempt
 */
public record AlertConfig(
        List<Integer> thresholds,
        Duration interval,
        Optional<String> bootstrapServers,
        Optional<URI> webhook,
        String webhookSecret,
        RetryPolicy retry) {
    private static final int MIN_SECRET_LENGTH = 32;

    public static AlertConfig from(Settings settings) {
        Optional<URI> webhook = settings.find("alerts.webhook-url").map(URI::create);
        String secret = settings.text("alerts.webhook-secret", "");
        if (webhook.isPresent() && secret.length() < MIN_SECRET_LENGTH) {
            throw new ConfigurationException(
                    "The setting 'alerts.webhook-secret' needs at least %d characters, because 'alerts.webhook-url' is set"
                            .formatted(MIN_SECRET_LENGTH));
        }
        return new AlertConfig(
                thresholds(settings.text("alerts.thresholds", "80,100")),
                settings.duration("alerts.interval", Duration.ofMinutes(1)),
                settings.find("kafka.bootstrap-servers"),
                webhook,
                secret,
                RetryPolicy.from(settings));
    }

    private static List<Integer> thresholds(String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(part -> Integer.valueOf(part.trim()))
                    .filter(percent -> percent > 0)
                    .sorted()
                    .toList();
        } catch (NumberFormatException e) {
            throw new ConfigurationException(
                    "The setting 'alerts.thresholds' is '%s'; it must be whole percents such as 80,100"
                            .formatted(text));
        }
    }
}
