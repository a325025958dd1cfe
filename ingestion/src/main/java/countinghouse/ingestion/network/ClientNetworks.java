package countinghouse.ingestion.network;

import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import countinghouse.metering.network.ClientNetwork;
import countinghouse.metering.network.NetworkList;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.metering.time.BucketClock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is kept of a client's address: {@code CLASS:HASH} or {@code CLASS@LIST:HASH}, the class of its network, the version of the list of data
 * centres that decided it, and the pseudonym of its network (the address in IPv4, the /64 in IPv6). The address itself is never stored.
 */
public final class ClientNetworks {
    /** A literal address; anything else would ask the name service. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern STORED_FORM =
            Pattern.compile("(loopback|private|unknown|(public|datacentre)(@[1-9][0-9]{0,8})?):[0-9a-f]{32}");
    private static final int IPV6_NETWORK_BYTES = 8;

    private final NetworkHash hash;
    private final Supplier<NetworkList> datacentres;

    /** @param datacentres the list that is effective now */
    public ClientNetworks(NetworkHash hash, Supplier<NetworkList> datacentres) {
        this.hash = hash;
        this.datacentres = datacentres;
    }

    /** As configured: the list is of the version of the configuration that counts the bucket of the moment. */
    public static ClientNetworks from(Settings settings, Clock clock) {
        CountingSchedule schedule = ConfigurationFolder.parse(settings, CountingSchedule::of);
        long bucketWidthMs = CountingConfig.from(settings).bucketWidth().toMillis();
        return new ClientNetworks(
                NetworkHash.from(settings), () -> schedule.at(BucketClock.startOf(clock.millis(), bucketWidthMs))
                        .networks());
    }

    /** The stored form of an address. */
    public String of(String address) {
        if (!LITERAL.matcher(address).matches()) {
            return unknown(address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            String pseudonym = hash.of(networkOf(parsed));
            return localClassOf(parsed)
                    .map(kind -> ClientNetwork.of(kind, pseudonym))
                    .orElseGet(() -> ClientNetwork.judged(parsed.getAddress(), datacentres.get(), pseudonym))
                    .text();
        } catch (UnknownHostException e) {
            return unknown(address);
        }
    }

    /** Whether a text is of the stored form, and so cannot hold a raw address. */
    public static boolean isStoredForm(String text) {
        return STORED_FORM.matcher(text).matches();
    }

    private String unknown(String address) {
        return ClientNetwork.of("unknown", hash.of(address)).text();
    }

    /** The class of an address that is not the internet's. */
    private static Optional<String> localClassOf(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return Optional.of("loopback");
        }
        boolean uniqueLocal = !(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || uniqueLocal
                ? Optional.of("private")
                : Optional.empty();
    }

    private static String networkOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        int kept = address instanceof Inet4Address ? bytes.length : IPV6_NETWORK_BYTES;
        return HexFormat.of().formatHex(bytes, 0, kept);
    }
}
