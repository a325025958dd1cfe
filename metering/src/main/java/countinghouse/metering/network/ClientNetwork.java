package countinghouse.metering.network;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event keeps of its client's address, in the form {@code CLASS@LIST:PSEUDONYM} (ADR 0042, 0107).
 *
 * @param kind class of the network: loopback, private, public, datacentre, unknown
 * @param listVersion of the list of data centres that told public and datacentre apart; empty if it played no part, or is not known
 * @param pseudonym keyed hash of the network
 */
public record ClientNetwork(String kind, OptionalInt listVersion, String pseudonym) {
    private static final String PUBLIC = "public";
    private static final String DATACENTRE = "datacentre";
    private static final Pattern FORM = Pattern.compile("([a-z]+)(?:@([1-9][0-9]{0,8}))?:(.*)");

    /** The parts of a stored text; null if the text is null or of another form. */
    public static ClientNetwork parse(String text) {
        Matcher parts = text == null ? null : FORM.matcher(text);
        if (parts == null || !parts.matches()) {
            return null;
        }
        OptionalInt listVersion =
                parts.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(2)));
        return new ClientNetwork(parts.group(1), listVersion, parts.group(3));
    }

    /** A network of a class that no list decides. */
    public static ClientNetwork of(String kind, String pseudonym) {
        return new ClientNetwork(kind, OptionalInt.empty(), pseudonym);
    }

    /** A network of the internet, which is a data centre's by a list or not. */
    public static ClientNetwork judged(byte[] address, NetworkList list, String pseudonym) {
        OptionalInt listVersion = list.version() == 0 ? OptionalInt.empty() : OptionalInt.of(list.version());
        return new ClientNetwork(list.isDatacentre(address) ? DATACENTRE : PUBLIC, listVersion, pseudonym);
    }

    public boolean isDatacentre() {
        return kind.equals(DATACENTRE);
    }

    /** Whether it tells clients apart: behind any other class may be anybody. */
    public boolean isPublic() {
        return kind.equals(PUBLIC);
    }

    /** The stored form. */
    public String text() {
        return listVersion.isPresent()
                ? "%s@%d:%s".formatted(kind, listVersion.getAsInt(), pseudonym)
                : kind + ":" + pseudonym;
    }
}
