package countinghouse.ingestion.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientNetworksTest {
    private final ClientNetworks networks = new ClientNetworks(new NetworkHash("a key for pseudonyms"));

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
    void shouldDependOnTheKey() {
        assertThat(new NetworkHash("another key, also long").of("x"))
                .isNotEqualTo(new NetworkHash("a key for pseudonyms").of("x"));
        assertThatThrownBy(() -> new NetworkHash("short")).isInstanceOf(ConfigurationException.class);
    }
}
