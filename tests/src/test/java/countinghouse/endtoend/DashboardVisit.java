package countinghouse.endtoend;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody in front of the dashboard; whatever the browser complains of is noted. */
final class DashboardVisit implements AutoCloseable {
    private static final String LINKS = "links => links.map(link => link.getAttribute('href'))";

    private final BrowserContext context;
    private final Page page;
    private final Chromium.Look look;
    private final List<String> complaints = new ArrayList<>();

    DashboardVisit(BrowserContext context, Chromium.Look look) {
        this.context = context;
        this.look = look;
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
    }

    Page page() {
        return page;
    }

    /** Console errors and warnings, violations of the content security policy among them, and uncaught errors. */
    List<String> complaints() {
        return complaints;
    }

    void signIn(String user) {
        page.navigate("/");
        page.locator(".user-choice[data-user='" + user + "']").click();
        page.locator("#sign-out").waitFor(attached());
        settle();
    }

    void signInWith(String token) {
        page.navigate("/");
        page.locator("summary").click();
        page.locator("#token").fill(token);
        page.locator("#sign-in button").click();
        page.locator("#sign-out").waitFor(attached());
        settle();
    }

    void open(String fragment) {
        page.navigate("/" + fragment);
        settle();
    }

    /** Waits until nothing says that it is loading. */
    void settle() {
        page.locator("#main h1").waitFor();
        page.waitForFunction("() => !document.querySelector('.loading')");
    }

    /** Opens every page that is reached from the navigation, and one of each kind that those lead to. */
    void eachPage(Runnable visitor) {
        Map<String, String> byKind = new LinkedHashMap<>();
        links("#navigation a").forEach(link -> byKind.putIfAbsent(kind(link), link));
        Set<String> seen = new LinkedHashSet<>();
        for (boolean more = true; more; ) {
            List<String> next = byKind.keySet().stream()
                    .filter(kind -> !seen.contains(kind))
                    .toList();
            next.forEach(kind -> {
                seen.add(kind);
                open(byKind.get(kind));
                visitor.run();
                links("#main a[href^='#/']").forEach(link -> byKind.putIfAbsent(kind(link), link));
            });
            more = !next.isEmpty();
        }
    }

    /** {@code #/videos/v1?x=1} is of the kind {@code videos/*}. */
    private static String kind(String link) {
        String[] parts = link.replaceFirst("^#/", "").replaceFirst("\\?.*$", "").split("/");
        StringBuilder kind = new StringBuilder(parts[0]);
        for (int index = 1; index < parts.length; index++) {
            kind.append(parts[index].matches("[a-z-]+") ? "/" + parts[index] : "/*");
        }
        return kind.toString();
    }

    @SuppressWarnings("unchecked")
    private List<String> links(String selector) {
        return (List<String>) page.locator(selector).evaluateAll(LINKS);
    }

    /** A picture of the whole page for people, in {@code target/screenshots}. */
    void photograph(String who) {
        String name = page.url()
                .replaceFirst("^[^#]*#?/?", "")
                .replaceFirst("\\?.*$", "")
                .replaceAll("[^A-Za-z0-9]+", "-");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots", "%s-%s-%s.png".formatted(who, name, look))));
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    }

    @Override
    public void close() {
        context.close();
    }
}
