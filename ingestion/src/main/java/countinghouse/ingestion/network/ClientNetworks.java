package countinghouse.ingestion.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is kept of a client's address: {@code CLASS:HASH}, the class of its network and the pseudonym of its network (the address
 * in IPv4, the /64 in IPv6). The address itself is never stored.
 */
public final class ClientNetworks {
    /** A literal address; anything else would ask the name service. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern STORED_FORM =
            Pattern.compile("(loopback|private|public|datacentre|unknown):[0-9a-f]{32}");
    private static final int IPV6_NETWORK_BYTES = 8;

    private final NetworkHash hash;

    public ClientNetworks(NetworkHash hash) {
        this.hash = hash;
    }

    /** The stored form of an address. */
    public String of(String address) {
        if (!LITERAL.matcher(address).matches()) {
            return "unknown:" + hash.of(address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return classOf(parsed) + ":" + hash.of(networkOf(parsed));
        } catch (UnknownHostException e) {
            return "unknown:" + hash.of(address);
        }
    }

    /** Whether a text is of the stored form, and so cannot hold a raw address. */
    public static boolean isStoredForm(String text) {
        return STORED_FORM.matcher(text).matches();
    }

    private static String classOf(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return "loopback";
        }
        boolean uniqueLocal = !(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || uniqueLocal ? "private" : "public";
    }

    private static String networkOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        int kept = address instanceof Inet4Address ? bytes.length : IPV6_NETWORK_BYTES;
        return HexFormat.of().formatHex(bytes, 0, kept);
    }
}
