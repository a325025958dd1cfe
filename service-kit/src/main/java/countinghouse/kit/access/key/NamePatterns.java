package countinghouse.kit.access.key;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names that a key may use: each entry is a name, or a beginning of names followed by {@code *}; {@code *} alone is every name.
 *
 * @param entries at least one
 */
public record NamePatterns(List<String> entries) {
    private static final char ANY = '*';
    private static final Pattern ACCEPTED = Pattern.compile("[^*\\p{Cntrl}]{0,256}\\*?");

    /**
     * Checks the entries.
     *
     * @throws IllegalArgumentException if there is none, or one is empty, too long, or has a star before its end
     */
    public NamePatterns {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("Give at least one name or pattern");
        }
        for (String entry : entries) {
            if (entry.isBlank() || !ACCEPTED.matcher(entry).matches()) {
                throw new IllegalArgumentException(
                        "'%s' is neither a name of at most 256 characters nor the beginning of one followed by '*'"
                                .formatted(entry));
            }
        }
    }

    public boolean matches(String name) {
        for (String entry : entries) {
            int last = entry.length() - 1;
            if (entry.charAt(last) == ANY ? name.startsWith(entry.substring(0, last)) : name.equals(entry)) {
                return true;
            }
        }
        return false;
    }

    /** The entries that are names. */
    public List<String> names() {
        return entries.stream()
                .filter(entry -> entry.charAt(entry.length() - 1) != ANY)
                .toList();
    }
}
