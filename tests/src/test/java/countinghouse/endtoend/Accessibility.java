package countinghouse.endtoend;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** Looks at a page with axe-core. */
final class Accessibility {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private Accessibility() {}

    /** What is serious or critical, in words. */
    static List<String> faults(Page page) {
        // The newer way opens another page for each look, which pages without frames do not need.
        return new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .map(Accessibility::words)
                        .toList();
    }

    private static String words(Rule rule) {
        return "%s: %s: %s"
                .formatted(
                        rule.getId(),
                        rule.getHelp(),
                        rule.getNodes().stream()
                                .map(node -> String.valueOf(node.getTarget()))
                                .toList());
    }
}
