package countinghouse.metering.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Set;

/**
 * One version of the list of data centres' networks. Of the listed networks that an address lies in, the longest prefix decides, so that a
 * network of people within a data centre's can be an exception. Immutable once read.
 */
public final class NetworkList {
    private static final Set<String> KEYS = Set.of("version", "datacentres", "exceptions");

    /** No list: nothing is known of any network. */
    public static final NetworkList NONE = new NetworkList(0);

    private final int version;
    private final Node ipv4 = new Node();
    private final Node ipv6 = new Node();

    private static final class Node {
        private Node zero;
        private Node one;
        /** Null where no listed network ends. */
        private Boolean isDatacentre;
    }

    private NetworkList(int version) {
        this.version = version;
    }

    /**
     * The list in a YAML document.
     *
     * @throws IllegalArgumentException if the document is not valid; the message names the entry
     */
    public static NetworkList read(String yaml) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A list of networks is no YAML: %s".formatted(e.getOriginalMessage()), e);
        }
        if (!root.path("version").isInt() || root.path("version").asInt() < 1) {
            throw new IllegalArgumentException("The list of networks has no integer 'version' from 1 up");
        }
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("The list of networks has an unknown key '%s'".formatted(key));
            }
        });
        NetworkList list = new NetworkList(root.get("version").asInt());
        root.path("datacentres").forEach(network -> list.add(network.asText(), true));
        root.path("exceptions").forEach(network -> list.add(network.asText(), false));
        return list;
    }

    /** From 1 up; 0 of {@link #NONE}. */
    public int version() {
        return version;
    }

    /**
     * Whether an address is a data centre's.
     *
     * @param address 4 bytes of IPv4 or 16 of IPv6, in network order; an IPv4 address mapped into IPv6 is to be given as IPv4
     */
    public boolean isDatacentre(byte[] address) {
        Node node = root(address);
        boolean isDatacentre = Boolean.TRUE.equals(node.isDatacentre);
        for (int bit = 0; bit < address.length * Byte.SIZE; bit++) {
            node = AddressPrefix.bit(address, bit) ? node.one : node.zero;
            if (node == null) {
                return isDatacentre;
            }
            isDatacentre = node.isDatacentre == null ? isDatacentre : node.isDatacentre;
        }
        return isDatacentre;
    }

    private void add(String network, boolean isDatacentre) {
        AddressPrefix prefix = AddressPrefix.parse(network);
        Node node = root(prefix.address());
        for (int bit = 0; bit < prefix.length(); bit++) {
            boolean isOne = AddressPrefix.bit(prefix.address(), bit);
            Node next = isOne ? node.one : node.zero;
            if (next == null) {
                next = new Node();
                if (isOne) {
                    node.one = next;
                } else {
                    node.zero = next;
                }
            }
            node = next;
        }
        if (node.isDatacentre != null) {
            throw new IllegalArgumentException("The list of networks has '%s' twice".formatted(network));
        }
        node.isDatacentre = isDatacentre;
    }

    private Node root(byte[] address) {
        return switch (address.length) {
            case 4 -> ipv4;
            case 16 -> ipv6;
            default ->
                throw new IllegalArgumentException("An address has 4 or 16 bytes, not %d".formatted(address.length));
        };
    }
}
