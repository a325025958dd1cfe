package countinghouse.metering.network;

import java.util.OptionalInt;

/**
 * What an event keeps of its client's address, in the form {@code CLASS@LIST:PSEUDONYM} (ADR 0042, 0107).
 *
 * @param kind class of the network: loopback, private, public, datacentre, unknown
 * @param listVersion of the list of data centres that told public and datacentre apart; empty if it played no part
 * @param pseudonym keyed hash of the network
 */
public record ClientNetwork(String kind, OptionalInt listVersion, String pseudonym) {
    private static final String PUBLIC = "public";
    private static final String DATACENTRE = "datacentre";
    private static final char LIST = '@';
    private static final char PSEUDONYM = ':';

    /** A network of a class that no list decides. */
    public static ClientNetwork of(String kind, String pseudonym) {
        return new ClientNetwork(kind, OptionalInt.empty(), pseudonym);
    }

    /** A network of the internet, which is a data centre's by a list or not. */
    public static ClientNetwork judged(byte[] address, NetworkList list, String pseudonym) {
        OptionalInt listVersion = list.version() == 0 ? OptionalInt.empty() : OptionalInt.of(list.version());
        return new ClientNetwork(list.isDatacentre(address) ? DATACENTRE : PUBLIC, listVersion, pseudonym);
    }

    /** Whether a stored text, or null, says that the client is in a data centre. */
    public static boolean isDatacentre(String stored) {
        return isOf(DATACENTRE, stored);
    }

    /** The pseudonym in a stored text of the class public, which alone tells clients apart: behind any other may be anybody. Null else. */
    public static String publicPseudonym(String stored) {
        return isOf(PUBLIC, stored) ? stored.substring(stored.indexOf(PSEUDONYM) + 1) : null;
    }

    /** Reads in place: every view passes here. */
    private static boolean isOf(String kind, String stored) {
        return stored != null
                && stored.length() > kind.length()
                && (stored.charAt(kind.length()) == PSEUDONYM || stored.charAt(kind.length()) == LIST)
                && stored.startsWith(kind);
    }

    /** The stored form. */
    public String text() {
        return listVersion.isPresent()
                ? kind + LIST + listVersion.getAsInt() + PSEUDONYM + pseudonym
                : kind + PSEUDONYM + pseudonym;
    }
}
