package countinghouse.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import countinghouse.endtoend.Chromium.Look;
import countinghouse.testing.tool.OptionalTool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators do on the dashboard of a played day. It rolls a generation back, so it comes after what proves the day. */
@Order(Integer.MAX_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PlayedDayExtension.class)
class AdminBrowserTest {
    private static final Look DESKTOP = new Look("en-GB", ColorScheme.LIGHT, Look.DESKTOP);
    private static final int PATIENCE_MS = 30_000;
    private static final Pattern POSITION = Pattern.compile("events\\.[a-z]+-\\d+ @ \\d+");

    private Countinghouse countinghouse;
    private URI api;
    private Chromium chromium;
    private DashboardVisit visit;
    private Page page;

    @BeforeAll
    void signIn(PlayedDay day) {
        OptionalTool.program("chromium", "chromium-browser", "google-chrome");
        countinghouse = day.countinghouse();
        api = day.api();
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        visit = chromium.visit(api, DESKTOP);
        visit.signIn("admin");
        page = visit.page();
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            visit.close();
            chromium.close();
        }
    }

    @Test
    void shouldLeadFromAnInvoiceToTheRawEventsBehindALine() {
        open("#/documents");
        firstWhere(4, "[2-9]").click();
        assertThat(page.locator("h1")).hasText(Pattern.compile("Invoice \\d.*"));
        firstWhere(2, "[1-9]").click();
        assertThat(page.locator("h1")).containsText("Line ");

        assertThat(page.locator("code.position").first()).hasText(POSITION);
        assertThat(fact("Events counted")).hasText(Pattern.compile("[1-9].*"));
        page.locator("button", new Page.LocatorOptions().setHasText("Verify this line"))
                .click();

        assertThat(page.locator("#main")).containsText("Everything agrees with the raw events.");
        assertThat(page.locator(".badge.bad")).hasCount(0);
        visit.photograph("verified");
    }

    @Test
    void shouldLeadFromAReasonToTheEventAsItWasReceived() {
        open("#/quarantine");
        page.locator(".shares a").first().click();
        visit.settle();
        assertThat(page).hasURL(Pattern.compile(".*reason=.+"));
        page.locator("#main tbody a").first().click();

        assertThat(page.locator("pre")).containsText("\"specversion\"");
        assertThat(page.locator(".warning")).not().hasText("–");
        open("#/quarantine");
        page.locator("input[name=text]").fill("nothing is like this");
        page.keyboard().press("Enter");
        assertThat(page.locator(".empty")).containsText("No refused event is like that");
    }

    @Test
    void shouldRollBackOnlyAfterSayingWhatThatDoes() {
        requireAGenerationToGoBackFrom();
        open("#/generations");
        Locator act = page.locator("button", new Page.LocatorOptions().setHasText("Roll back to generation"));
        String served = served().innerText();
        act.click();
        Locator dialog = page.locator("dialog");
        assertThat(dialog).containsText("Everybody is served generation");
        assertThat(dialog).containsText("The audit ledger records it");
        assertThat(dialog.locator("button").first()).isFocused();
        assertThat(Accessibility.faults(page)).isEmpty();
        visit.photograph("rollback");

        page.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);
        assertThat(act).isFocused();
        assertThat(served()).hasText(served);

        act.click();
        dialog.locator("button.danger").click();

        assertThat(page.locator("p[role=status]")).containsText("is served again");
        assertThat(served()).not().hasText(served);
        open("#/audit");
        assertThat(page.locator("#main tbody tr").first()).containsText("Generation rolled back");
        assertThat(page.locator("#main tbody tr").first()).containsText("user:admin");
    }

    @Test
    void shouldMakeAKeyThatIsSeenOnceAndShutItOutAgain() {
        open("#/keys");
        page.locator("#key-form [name=producer]").fill("browser-shop");
        page.locator("#key-form [name=sources]").fill("shop/*\nkiosk/*");
        page.locator("#key-form [name=accounts]").fill("organiser-1");
        page.locator("#key-form [name=rate]").fill("50");
        page.locator("#key-form [name=rate]").press("Enter");

        assertThat(page.locator("#new-key")).isFocused();
        String key = page.locator("#new-key code").innerText();
        assertThat(key).matches("chk_[0-9a-f]{16}_[0-9a-f]{64}");
        assertThat(page.locator("#key-form [name=producer]")).hasValue("");
        assertThat(Accessibility.faults(page)).isEmpty();
        visit.photograph("key-made");
        assertThat(statusWith(key)).isEqualTo(204);
        open("#/keys");
        assertThat(page.locator("#main").innerText()).doesNotContain(key);
        Locator row = page.locator("#main tbody tr", new Page.LocatorOptions().setHasText(key.split("_")[1]));
        assertThat(row).containsText("browser-shop");

        row.locator("button.secondary").click();
        assertThat(page.locator("dialog")).containsText("Make the new key");
        assertThat(page.locator("dialog button.danger")).hasCount(0);
        page.locator("dialog button.secondary").click();
        row.locator("button.danger").click();
        assertThat(page.locator("dialog")).containsText("It cannot be made valid again");
        page.locator("dialog button.danger").click();

        assertThat(page.locator("#main")).containsText("The key of browser-shop is revoked.");
        assertThat(row).containsText("Revoked");
        assertThat(row.locator("button")).hasCount(0);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> statusWith(key) == 401);
        visit.photograph("key-revoked");
    }

    @Test
    void shouldKeepWhatWasTypedAndSayWhatIsWrongWithAKey() {
        open("#/keys");
        page.locator("#key-form [name=producer]").fill("browser-shop");
        page.locator("#key-form [name=sources]").fill("a*b");
        page.locator("#key-form [name=accounts]").fill("organiser-1");
        page.locator("#key-form button[type=submit]").click();

        assertThat(page.locator(".problem")).containsText("a*b");
        assertThat(page.locator("#key-form [name=sources]")).hasValue("a*b");
        assertThat(page.locator("#new-key")).hasCount(0);
    }

    @Test
    void shouldCheckTheAuditLedgerOnDemand() {
        open("#/audit");
        page.locator("button", new Page.LocatorOptions().setHasText("Verify now"))
                .click();

        assertThat(page.locator("#main .good").first()).containsText("The chain is whole");
        assertThat(fact("Last check by this process")).containsText("The chain is whole");
    }

    @Test
    void shouldSayWhyThereIsNothingAndWhatWentWrongOnEachPage() {
        SoftAssertions softly = new SoftAssertions();
        for (String name : List.of("generations", "reconciliation", "quarantine", "accounts", "documents", "keys")) {
            answerEverythingWith(200, """
                    {"generations":[],"runs":[],"data":[],"reasons":[],"scanned":0,"complete":true}""");
            open("#/" + name);
            softly.assertThat(page.locator(".empty").count())
                    .as("empty %s", name)
                    .isPositive();
            softly.assertThat(page.locator(".problem").count())
                    .as("empty %s", name)
                    .isZero();
            softly.assertThat(Accessibility.faults(page)).as("empty %s", name).isEmpty();
            answerEverythingWith(503, """
                    {"type":"urn:x","title":"x","status":503,"detail":"Kafka is down","code":"x","correlationId":"c-1"}""");
            page.reload();
            visit.settle();
            softly.assertThat(page.locator(".problem").first().innerText())
                    .as("broken %s", name)
                    .contains("Not available at the moment", "Kafka is down", "c-1", "Try again");
            softly.assertThat(Accessibility.faults(page)).as("broken %s", name).isEmpty();
        }
        page.unrouteAll();
        softly.assertAll();
    }

    /** Loads the page anew: a change of the fragment alone would let a test look at the page before. */
    private void open(String fragment) {
        page.navigate("/" + fragment);
        page.reload();
        visit.settle();
    }

    private void answerEverythingWith(int status, String body) {
        page.unrouteAll();
        page.route(
                "**/api/v1/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType(status == 200 ? "application/json" : "application/problem+json")
                        .setBody(body)));
    }

    /** The link of the first row whose cell (from 0, behind the row's head) matches. */
    private Locator firstWhere(int cell, String pattern) {
        Locator rows = page.locator("#main tbody tr");
        rows.first().waitFor();
        for (Locator row : rows.all()) {
            if (row.locator("td").nth(cell - 1).innerText().matches(pattern + ".*")) {
                return row.locator("a").first();
            }
        }
        throw new AssertionError("no row has %s in cell %d of %s".formatted(pattern, cell, page.url()));
    }

    private int statusWith(String key) {
        String event = """
                {"specversion":"1.0","type":"ticket.paid","source":"shop/1","id":"%s","subject":"organiser-1",
                 "data":{"ticket_id":"t-1","offering_id":"o-1"}}""".formatted(UUID.randomUUID());
        return page.request()
                .post(
                        api + "/api/v1/events",
                        RequestOptions.create()
                                .setHeader("X-API-Key", key)
                                .setHeader("Content-Type", "application/cloudevents+json")
                                .setData(event))
                .status();
    }

    private Locator fact(String term) {
        return page.locator(".facts div", new Page.LocatorOptions().setHasText(term))
                .locator("dd");
    }

    private Locator served() {
        return page.locator("#main tbody tr", new Page.LocatorOptions().setHas(page.locator(".badge.good")))
                .locator("th");
    }

    /** Only the newest generation is rolled back, and only to one before it. */
    private void requireAGenerationToGoBackFrom() {
        JsonNode generations = countinghouse.run("generations", "--json").json();
        if (generations.size() < 2 || !generations.get(0).get("isCurrent").asBoolean()) {
            Countinghouse.Ended batch = countinghouse.run("batch", "run");
            assertThat(batch.status()).as(batch.toString()).isZero();
        }
    }
}
