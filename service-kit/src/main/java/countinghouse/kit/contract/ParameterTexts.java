package countinghouse.kit.contract;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The parameters of a request in one place, as texts.
 *
 * @param names every name that is there; only a query string has names worth listing
 * @param values the texts of a name; none if it is not there
 */
record ParameterTexts(Collection<String> names, Function<String, List<String>> values) {
    boolean has(String name, ParameterStyle style) {
        if (style != ParameterStyle.MEMBERS) {
            return !all(name).isEmpty();
        }
        // No stream: this runs for every request.
        for (String other : names) {
            if (other.startsWith(name + "[")) {
                return true;
            }
        }
        return false;
    }

    List<String> all(String name) {
        return values.apply(name);
    }

    /** The members of {@code name[member]=text}. */
    Map<String, List<String>> members(String name) {
        Map<String, List<String>> members = new TreeMap<>();
        for (String other : names) {
            if (other.startsWith(name + "[") && other.endsWith("]")) {
                members.put(other.substring(name.length() + 1, other.length() - 1), all(other));
            }
        }
        return members;
    }
}
