package countinghouse.ingestion.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.metering.network.NetworkList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientNetworksTest {
    private static final NetworkHash HASH = new NetworkHash("a key for pseudonyms");
    private static final Instant SWITCH = Instant.parse("2030-06-01T12:00:00Z");

    private final ClientNetworks networks = new ClientNetworks(HASH, () -> NetworkList.NONE);

    @TempDir
    private Path folder;

    @Test
    void shouldClassifyNetworks() {
        assertThat(networks.of("127.0.0.1")).startsWith("loopback:");
        assertThat(networks.of("::1")).startsWith("loopback:");
        assertThat(networks.of("10.1.2.3")).startsWith("private:");
        assertThat(networks.of("fd00::1")).startsWith("private:");
        assertThat(networks.of("83.149.9.216")).startsWith("public:");
        assertThat(networks.of("client.example.org")).startsWith("unknown:");
        assertThat(networks.of("999.1.1.1")).startsWith("unknown:");
    }

    @Test
    void shouldKeepOneHouseholdTogetherAndTheAddressSecret() {
        assertThat(networks.of("2001:db8:1:2::1")).isEqualTo(networks.of("2001:db8:1:2:aaaa::7"));
        assertThat(networks.of("2001:db8:1:2::1")).isNotEqualTo(networks.of("2001:db8:1:3::1"));
        for (String address : List.of("83.149.9.216", "2001:db8::1", "host")) {
            assertThat(networks.of(address)).doesNotContain(address);
            assertThat(ClientNetworks.isStoredForm(networks.of(address))).isTrue();
        }
        assertThat(ClientNetworks.isStoredForm("83.149.9.216")).isFalse();
    }

    @Test
    void shouldJudgeByTheListThatIsEffectiveAndWriteItsVersionDown() throws IOException {
        Files.writeString(folder.resolve("counting.yaml"), """
                versions:
                  - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml, networks: one.yaml}
                  - {version: 2, effectiveFrom: '%s', networks: two.yaml}
                """.formatted(SWITCH));
        Files.writeString(folder.resolve("one.yaml"), "version: 1\ndatacentres: [192.0.2.0/24]");
        Files.writeString(
                folder.resolve("two.yaml"),
                "version: 2\ndatacentres: [198.51.100.0/24, '2001:db8::/32']\nexceptions: ['2001:db8:7::/48']");
        ClientNetworks before = at(SWITCH.minusMillis(1));
        ClientNetworks after = at(SWITCH);

        assertThat(before.of("192.0.2.9")).startsWith("datacentre@1:");
        assertThat(before.of("198.51.100.9")).startsWith("public@1:");
        assertThat(after.of("192.0.2.9")).startsWith("public@2:");
        assertThat(after.of("198.51.100.9")).startsWith("datacentre@2:");
        assertThat(after.of("::ffff:198.51.100.9")).isEqualTo(after.of("198.51.100.9"));
        assertThat(after.of("2001:db8::1")).startsWith("datacentre@2:");
        assertThat(after.of("2001:db8:7::1")).startsWith("public@2:");
        assertThat(after.of("10.0.0.1")).startsWith("private:");
        for (String address : List.of("192.0.2.9", "198.51.100.9", "2001:db8::1", "10.0.0.1")) {
            assertThat(ClientNetworks.isStoredForm(after.of(address))).isTrue();
        }
        assertThat(ClientNetworks.isStoredForm("private@1:" + "0".repeat(32))).isFalse();
    }

    private ClientNetworks at(Instant now) {
        Settings settings = Settings.of(
                Map.of(NetworkHash.KEY_SETTING, "a key for pseudonyms", "counting.configuration", folder.toString()));
        return ClientNetworks.from(settings, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void shouldDependOnTheKey() {
        assertThat(new NetworkHash("another key, also long").of("x"))
                .isNotEqualTo(new NetworkHash("a key for pseudonyms").of("x"));
        assertThatThrownBy(() -> new NetworkHash("short")).isInstanceOf(ConfigurationException.class);
    }
}
