package countinghouse.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import countinghouse.endtoend.Chromium.Look;
import countinghouse.testing.tool.OptionalTool;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard of a played day in a real browser. It sends events that the day does not have, so it comes after what proves the day. */
@Order(Integer.MAX_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PlayedDayExtension.class)
class DashboardBrowserTest {
    private static final boolean FULL = Boolean.getBoolean("countinghouse.full");
    private static final Look DESKTOP = new Look("en-GB", ColorScheme.LIGHT, Look.DESKTOP);
    private static final Look PHONE = new Look("vi-VN", ColorScheme.DARK, Look.PHONE);
    /** Analysts and billing see pages of the admin's. */
    private static final List<String> USERS = FULL
            ? List.of("admin", "analyst", "billing", "creator", "customer")
            : List.of("admin", "creator", "customer");

    private static final int PATIENCE_MS = 20_000;

    private Countinghouse countinghouse;
    private URI api;
    private Chromium chromium;

    @BeforeAll
    void launch() {
        OptionalTool.program("chromium", "chromium-browser", "google-chrome");
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    @BeforeAll
    void lookAt(PlayedDay day) {
        countinghouse = day.countinghouse();
        api = day.api();
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    static Stream<Look> looks() {
        return FULL
                ? Stream.of("en-GB", "vi-VN").flatMap(locale -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .flatMap(scheme ->
                                Stream.of(Look.DESKTOP, Look.PHONE).map(width -> new Look(locale, scheme, width))))
                : Stream.of(DESKTOP, PHONE);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void shouldShowEveryPageWithoutAFault(Look look) {
        SoftAssertions softly = new SoftAssertions();
        for (String user : USERS) {
            try (DashboardVisit visit = chromium.visit(api, look)) {
                visit.signIn(user);
                List<String> pages = new ArrayList<>();
                visit.eachPage(() -> {
                    Page page = visit.page();
                    pages.add(page.url());
                    softly.assertThat(Accessibility.faults(page))
                            .as("%s as %s, %s", page.url(), user, look)
                            .isEmpty();
                    softly.assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                            .as("pixels that %s is too wide as %s, %s", page.url(), user, look)
                            .isEqualTo(0);
                    softly.assertThat(page.locator("#main .problem").allInnerTexts())
                            .as("problems on %s as %s", page.url(), user)
                            .isEmpty();
                    visit.photograph(user);
                });
                softly.assertThat(pages).as("pages of %s", user).isNotEmpty();
                softly.assertThat(visit.complaints()).isEmpty();
            }
        }
        softly.assertAll();
    }

    @Test
    void shouldMoveTheCounterWhileSomebodyWatches() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signIn("creator");
            Locator views = visit.page().locator(".counter .value").first();
            assertThat(views).not().hasText("0");
            long before = Long.parseLong(views.innerText().replace(",", ""));

            new SentEvents(api, countinghouse).views("creator-001", 7);

            assertThat(views).hasText("%,d".formatted(before + 7));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void shouldGrowTheDraftInvoiceAndTheQuotaWhileSomebodyWatches() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signIn("customer");
            Locator jobs = visit.page().locator(".quota").first();
            String before = jobs.innerText();

            new SentEvents(api, countinghouse).jobs("customer-free-001", 3);

            assertThat(jobs).not().hasText(before, new LocatorAssertions.HasTextOptions().setUseInnerText(true));
        }
    }

    @Test
    void shouldBeUsableByKeyboardAlone() {
        try (DashboardVisit visit = chromium.visit(api, PHONE)) {
            Page page = visit.page();
            page.navigate("/");
            page.locator(".user-choice").first().waitFor();
            press(page, "Tab", "#skip");
            page.keyboard().press("Enter");
            assertThat(page.locator("#main")).isFocused();
            press(page, "Tab", "[data-user=creator]");
            page.keyboard().press("Enter");
            assertThat(page.locator("#main")).isFocused();

            press(page, "Shift+Tab", "#menu");
            page.keyboard().press("Enter");
            press(page, "Tab", "#navigation a[href='#/videos']");
            page.keyboard().press("Escape");
            assertThat(page.locator("#menu")).isFocused();
            page.keyboard().press("Enter");
            press(page, "Tab", "#navigation a[href='#/videos']");
            page.keyboard().press("Enter");

            assertThat(page.locator("h1")).hasText("Video của tôi");
            assertThat(page.locator("#main")).isFocused();
            assertThat(page.locator("#main td a, #main th a").first()).isVisible();
            press(page, "Tab", "#main td a, #main th a");
        }
    }

    @Test
    void shouldSpeakVietnameseOnceItIsChosen() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signIn("creator");
            Page page = visit.page();
            assertThat(page.locator("h1")).hasText("Overview");

            page.locator("#language").selectOption("vi");

            assertThat(page.locator("h1")).hasText("Tổng quan");
            page.reload();
            assertThat(page.locator("h1")).hasText("Tổng quan");
            assertThat(page.locator("html")).hasAttribute("lang", "vi");
            assertThat(page.locator(".counter .value").last())
                    .hasText(java.util.regex.Pattern.compile("\\d+\\.\\d{3}"));

            visit.open("#/earnings");

            assertThat(page.locator(".freshness .hint").last()).containsText("số liệu theo người nhận tiền sau ");
            assertThat(page.locator("#main [lang='en']")).hasCount(0);
        }
    }

    @Test
    void shouldShowRevenueInTheCurrencyOfThePlans() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signIn("admin");
            visit.open("#/live");
            Locator counters = visit.page().locator(".counter");

            assertThat(counters.filter(new Locator.FilterOptions().setHasText("Ad revenue")))
                    .containsText("$");
            assertThat(counters.filter(new Locator.FilterOptions().setHasText("Seconds watched")))
                    .not()
                    .containsText("$");
        }
    }

    @Test
    void shouldStayDarkOnceItIsChosen() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            Page page = visit.page();
            page.navigate("/");
            page.locator("#theme").selectOption("dark");
            page.reload();
            page.locator("h1").waitFor();

            assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
            assertThat(
                            (String)
                                    page.evaluate(
                                            "() => getComputedStyle(document.body).colorScheme + getComputedStyle(document.documentElement).backgroundColor"))
                    .doesNotContain("255, 255, 255");
        }
    }

    @Test
    void shouldSayWhyThereIsNothingYet() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signInWith(token("creator", "creator-nobody"));
            assertThat(visit.page().locator(".empty").first()).containsText("No views yet");
            // Nobody registered the account: what it earns does not exist, and the problem can be told to somebody.
            assertThat(visit.page().locator(".problem")).containsText("This account is not registered");
            assertThat(visit.page().locator(".problem code")).hasText(java.util.regex.Pattern.compile("[0-9a-f-]{36}"));

            visit.open("#/videos");
            assertThat(visit.page().locator(".empty")).containsText("No video has been watched yet");
            visit.photograph("nobody");
        }
    }

    @Test
    void shouldGoOnAfterTheConnectionWasLost() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signIn("creator");
            Page page = visit.page();
            page.context().setOffline(true);
            page.locator("#navigation a[href='#/videos']").click();
            assertThat(page.locator(".problem")).containsText("The server cannot be reached");
            visit.photograph("offline");

            page.context().setOffline(false);
            page.locator(".problem button").click();

            assertThat(page.locator("#main table")).isVisible();
            assertThat(page.locator(".problem")).hasCount(0);
        }
    }

    @Test
    void shouldEndTheSessionOnTheServer() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            visit.signIn("creator");
            Page page = visit.page();
            String token = (String) page.evaluate("() => JSON.parse(sessionStorage.getItem('session')).token");
            page.waitForResponse(
                    "**/api/v1/logout", () -> page.locator("#sign-out").click());

            assertThat(page.locator("h1")).hasText("Sign in");
            assertThat(page.evaluate(
                            "async token => (await fetch('/api/v1/meters', {headers: {Authorization: `Bearer ${token}`}})).status",
                            token))
                    .isEqualTo(401);
        }
    }

    @Test
    void shouldShowTheContractUnderItsOwnPolicy() {
        try (DashboardVisit visit = chromium.visit(api, DESKTOP)) {
            Page page = visit.page();
            page.navigate("/docs");
            page.locator(".opblock").first().waitFor();

            assertThat(page.locator(".opblock").count()).isGreaterThan(40);
            page.locator(".opblock-summary-control").first().click();
            assertThat(page.locator(".opblock-body").first()).isVisible();
            visit.photograph("docs");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private String token(String role, String account) {
        Countinghouse.Ended made = countinghouse.run("token", "--role", role, "--account", account);
        assertThat(made.status()).as(made.toString()).isZero();
        return made.output().strip();
    }

    /** Presses a key until the focus is where it should get to. */
    private static void press(Page page, String key, String selector) {
        for (int n = 0; n < 20; n++) {
            page.keyboard().press(key);
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
        }
        throw new AssertionError("'%s' is not reached by %s".formatted(selector, key));
    }
}
