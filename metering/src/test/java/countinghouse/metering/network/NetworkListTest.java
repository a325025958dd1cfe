package countinghouse.metering.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkListTest {
    private static final NetworkList LIST = NetworkList.read("""
            version: 7
            datacentres: [192.0.2.0/24, 198.51.100.0/25, '2001:db8::/32', 203.0.113.7/32]
            exceptions: [192.0.2.64/26, '2001:db8:5::/48']
            """);

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true", "192.0.2.63, true", "192.0.2.64, false", "192.0.2.127, false", "192.0.2.128, true",
        "192.0.3.0, false", "198.51.100.127, true", "198.51.100.128, false", "203.0.113.7, true", "203.0.113.6, false",
        "2001:db8::1, true", "2001:db8:5::1, false", "2001:db8:6::1, true", "2001:db9::1, false", "::1, false"
    })
    void shouldLetTheLongestPrefixDecide(String address, boolean isDatacentre) {
        byte[] bytes = AddressPrefix.parse(address + (address.contains(":") ? "/128" : "/32"))
                .address();
        assertThat(LIST.isDatacentre(bytes)).isEqualTo(isDatacentre);
        assertThat(LIST.version()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.0", "192.0.2.0/33", "192.0.2.1/24", "192.0.2/24", "256.0.0.0/8", "a.b.c.d/8", "2001:db8::/129",
                "2001:db8/32", "1:2:3:4:5:6:7:8:9/128", "2001:db8::1/32", "::g/128", "10.0.0.0/-1", "-1.0.0.0/8",
                        "1::2::3/128"
            })
    void shouldNameAnEntryThatIsNoNetwork(String network) {
        assertThatThrownBy(() -> NetworkList.read("version: 1\ndatacentres: ['%s']".formatted(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(network);
    }

    @Test
    void shouldRefuseWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> NetworkList.read("version: 1\nnetworks: []")).hasMessageContaining("networks");
        assertThatThrownBy(() -> NetworkList.read("datacentres: []")).hasMessageContaining("version");
        assertThatThrownBy(() -> NetworkList.read("version: 1\ndatacentres: [10.0.0.0/8]\nexceptions: [10.0.0.0/8]"))
                .hasMessageContaining("twice");
    }

    /** The oracle looks at every listed network of every length. */
    @Property(tries = 200)
    void shouldAgreeWithLookingThroughTheWholeList(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> datacentres = new ArrayList<>();
        List<String> exceptions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int length = random.nextInt(33);
            String network = text(mask(random.nextInt(16) << 28 | random.nextInt(4) << 8, length)) + "/" + length;
            if (!datacentres.contains(network) && !exceptions.contains(network)) {
                (random.nextBoolean() ? datacentres : exceptions).add(network);
            }
        }
        NetworkList list = NetworkList.read(
                "version: 1\ndatacentres: %s\nexceptions: %s".formatted(yaml(datacentres), yaml(exceptions)));
        for (int i = 0; i < 50; i++) {
            int address = random.nextInt(16) << 28 | random.nextInt(4) << 8 | random.nextInt(2);
            assertThat(list.isDatacentre(bytes(address)))
                    .isEqualTo(longest(datacentres, address) > longest(exceptions, address));
        }
    }

    private static String yaml(List<String> networks) {
        return networks.stream().map(network -> "'" + network + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    /** Length of the longest network that holds an address; -1 if none does. */
    private static int longest(List<String> networks, int address) {
        return networks.stream()
                .mapToInt(network -> {
                    int length = Integer.parseInt(network.substring(network.indexOf('/') + 1));
                    return (text(mask(address, length)) + "/" + length).equals(network) ? length : -1;
                })
                .max()
                .orElse(-1);
    }

    private static int mask(int address, int length) {
        return length == 0 ? 0 : address & -1 << (32 - length);
    }

    private static String text(int address) {
        byte[] bytes = bytes(address);
        return "%d.%d.%d.%d".formatted(bytes[0] & 255, bytes[1] & 255, bytes[2] & 255, bytes[3] & 255);
    }

    private static byte[] bytes(int address) {
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }
}
