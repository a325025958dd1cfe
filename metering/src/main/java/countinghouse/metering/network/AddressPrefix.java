package countinghouse.metering.network;

import java.util.Arrays;

/**
 * A network in CIDR notation: the first bits of its addresses.
 *
 * @param address 4 bytes of IPv4 or 16 of IPv6; the bits beyond the length are 0
 * @param length how many bits are the network's
 */
record AddressPrefix(byte[] address, int length) {
    private static final int IPV6_GROUPS = 8;

    /**
     * Parses {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException if it is no network, or bits beyond the length are set
     */
    static AddressPrefix parse(String text) {
        try {
            int slash = text.indexOf('/');
            String address = text.substring(0, slash);
            byte[] bytes = address.contains(":") ? ipv6(address) : ipv4(address);
            AddressPrefix prefix =
                    new AddressPrefix(bytes, number(text.substring(slash + 1), 10, bytes.length * Byte.SIZE));
            for (int bit = prefix.length; bit < bytes.length * Byte.SIZE; bit++) {
                if (bit(bytes, bit)) {
                    throw new IllegalArgumentException("has bits beyond its length");
                }
            }
            return prefix;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "'%s' is no network such as 192.0.2.0/24 or 2001:db8::/32".formatted(text), e);
        }
    }

    /** A bit of an address, from the most significant on. */
    static boolean bit(byte[] address, int index) {
        return (address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) == 1;
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("has no four parts");
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) number(parts[i], 10, 255);
        }
        return bytes;
    }

    /** {@code ::} stands for as many groups of zeros as are missing. */
    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        int missing = IPV6_GROUPS - head.length - tail.length;
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw new IllegalArgumentException("has not eight groups");
        }
        byte[] bytes = new byte[2 * IPV6_GROUPS];
        for (int i = 0; i < head.length; i++) {
            put(bytes, i, head[i]);
        }
        for (int i = 0; i < tail.length; i++) {
            put(bytes, IPV6_GROUPS - tail.length + i, tail[i]);
        }
        return bytes;
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static void put(byte[] bytes, int group, String text) {
        int value = number(text, 16, 0xffff);
        bytes[2 * group] = (byte) (value >> Byte.SIZE);
        bytes[2 * group + 1] = (byte) value;
    }

    private static int number(String text, int radix, int max) {
        int value = Integer.parseInt(text, radix);
        if (value < 0 || value > max || text.startsWith("+") || text.startsWith("-")) {
            throw new IllegalArgumentException("has a number out of range");
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPrefix that && length == that.length && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + length;
    }

    @Override
    public String toString() {
        return "AddressPrefix[%s/%d]".formatted(Arrays.toString(address), length);
    }
}
