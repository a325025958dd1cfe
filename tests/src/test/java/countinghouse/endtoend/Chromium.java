package countinghouse.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import countinghouse.testing.tool.OptionalTool;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Chromium of this machine, driven by Playwright, which downloads none of its own. */
final class Chromium implements AutoCloseable {
    private static final int DESKTOP_HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Its sandbox needs rights that build machines and containers do not give.
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox")));
    }

    static Chromium launch() {
        return new Chromium(OptionalTool.program("chromium", "chromium-browser", "google-chrome"));
    }

    /** How somebody looks at a page: {@code locale} as browsers ask for it, width in pixels. */
    record Look(String locale, ColorScheme scheme, int width) {
        static final int PHONE = 375;
        static final int DESKTOP = 1280;

        @Override
        public String toString() {
            return "%s-%s-%d".formatted(locale, scheme, width).toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A person who has never been here before. */
    DashboardVisit visit(URI base, Look look) {
        return new DashboardVisit(
                browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(base.toString())
                        .setLocale(look.locale())
                        .setColorScheme(look.scheme())
                        .setViewportSize(look.width(), DESKTOP_HEIGHT)),
                look);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
