package countinghouse.billing.entitlement;

import countinghouse.kit.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Where job events come from.
 *
 * @param bootstrapServers of Kafka
 * @param registryUrl of the schema registry
 * @param group of the consumers that share the work ({@code entitlements.group})
 * @param lease how far back a new group begins: what is older says nothing about jobs in flight any more
 */
public record JobEventConfig(String bootstrapServers, String registryUrl, String group, Duration lease) {
    public static JobEventConfig from(Settings settings) {
        return new JobEventConfig(
                settings.text("kafka.bootstrap-servers"),
                settings.text("registry.url"),
                settings.text("entitlements.group", "billing-entitlements"),
                EntitlementConfig.from(settings).lease());
    }

    Properties consumer() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "by_duration:" + lease));
        return properties;
    }
}
