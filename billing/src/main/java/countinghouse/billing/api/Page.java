package countinghouse.billing.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A page of a list: {@code data}, and {@code nextCursor} if there is more. */
final class Page {
    private Page() {}

    /**
     * A page of at most {@code limit} elements.
     *
     * @param found one more than the limit if there is more
     */
    static <T> Map<String, Object> of(List<T> found, int limit, Function<T, ?> view, Function<T, String> position) {
        List<T> shown = found.subList(0, Math.min(limit, found.size()));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("data", shown.stream().map(view).toList());
        if (found.size() > limit) {
            page.put("nextCursor", Parameters.cursor(position.apply(shown.get(limit - 1))));
        }
        return page;
    }
}
