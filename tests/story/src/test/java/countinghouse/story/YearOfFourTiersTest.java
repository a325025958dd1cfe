package countinghouse.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.billing.verify.LineVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The leap year 2028 of six accounts, chapter by chapter; each goes on from the one before. Events are written to the archive with the
 * times at which they were appended; then the batch layer recomputes and publishes, and billing bills, once a month on the second day at
 * 06:00 UTC: a day of grace after the month has ended in New York too. Every amount was worked out by hand from {@link StoryPlans}.
 *
 * <ul>
 *   <li>aurora, VIP, UTC: a theatre that sells tickets and advertises
 *   <li>brandt, Premium, Europe/Berlin: runs jobs of 10.5 s
 *   <li>cleo, Free, then Pro from 15 February, then Premium from 1 September, UTC: runs jobs
 *   <li>dora, Free, America/New_York: runs few jobs
 *   <li>emil, UTC: a creator who is paid for the ads in his videos
 *   <li>fritz, Premium from June, UTC: sells tickets by volume; until August his seconds come to 3.00 at least
 * </ul>
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class YearOfFourTiersTest {
    @TempDir
    static Path directory;

    private static StoryWorld world;
    private static Billing billing;
    private static StoryBooks books;
    private static EventLog log;

    @BeforeAll
    static void begin() throws IOException {
        world = StoryWorld.begin(directory, StoryPlans.write(directory), Instant.parse("2028-01-01T00:00:00Z"));
        billing = world.billing();
        books = new StoryBooks(world);
        log = world.log();
        books.tier("aurora", Tier.VIP, "2027-12-01T00:00:00Z", "UTC");
        books.tier("brandt", Tier.PREMIUM, "2027-12-01T00:00:00Z", "Europe/Berlin");
        books.tier("cleo", Tier.FREE, "2027-12-01T00:00:00Z", "UTC");
        books.tier("dora", Tier.FREE, "2027-12-01T00:00:00Z", "America/New_York");
        books.tier("emil", Tier.FREE, "2027-12-01T00:00:00Z", "UTC");
    }

    @AfterAll
    static void end() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    @Order(1)
    void januaryEndsInBerlinAnHourBeforeItEndsInGreenwich() {
        log.tickets("aurora", 150, "2028-01-10T19:00:00Z", "2028-01-10T19:00:01Z");
        log.jobs("brandt", 10, "2028-01-15T12:00:00Z", "2028-01-15T12:00:01Z", 10_500);
        log.job("brandt", "sent-twice", "2028-01-16T12:00:00Z", "2028-01-16T12:00:01Z", 10_500);
        log.job("brandt", "sent-twice", "2028-01-16T12:00:00Z", "2028-01-18T08:00:00Z", 10_500);
        log.jobs("brandt", 1, "2028-01-31T22:30:00Z", "2028-01-31T22:30:01Z", 10_500);
        log.jobs("brandt", 1, "2028-01-31T23:30:00Z", "2028-01-31T23:30:01Z", 10_500);
        log.jobs("cleo", 4, "2028-01-20T12:00:00Z", "2028-01-20T12:00:01Z", 2_000);
        log.ads("aurora", "emil", 10, "0.35", "2028-01-20T12:00:00Z", "2028-01-20T12:00:01Z");

        books.bill("2028-01");

        assertThat(books.invoices("2028-01"))
                .containsExactly(
                        // (150 - 100) x 0.50 = 25.00, less 20 %
                        "aurora: base 500.00, tickets 20.00 = 520.00",
                        // 12 jobs: 10 x 1.00 + 2 x 0.50; 126 s x 0.003 = 0.378. The job at 23:30 UTC is of February.
                        "brandt: jobs 11.00, time 0.38 = 11.38",
                        "cleo: jobs 0.00, time 0.00 = 0.00");
        // 10 x 0.35 = 3.50, of which 55 % = 1.925
        assertThat(books.payouts("2028-01")).containsExactly("emil: ad-share 1.93 = 1.93");
    }

    @Test
    @Order(2)
    void februaryHasTwentyNineDaysAndCleoUpgradesInItsMiddle() {
        books.tier("cleo", Tier.PRO, "2028-02-15T00:00:00Z", "UTC");
        log.jobs("brandt", 9, "2028-02-29T12:00:00Z", "2028-02-29T12:00:01Z", 10_500);
        log.jobs("cleo", 3, "2028-02-10T12:00:00Z", "2028-02-10T12:00:01Z", 2_000);
        log.jobs("cleo", 2, "2028-02-29T23:59:59.999Z", "2028-03-01T00:00:00Z", 4_000);

        books.bill("2028-02");

        assertThat(books.invoices("2028-02"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        // 9 jobs and the one of the night of 31 January; 105 s x 0.003 = 0.315
                        "brandt: jobs 10.00, time 0.32 = 10.32",
                        // Free for 14 days; then Pro: 29.00 x 15/29, 2 x 0.40, 8 s x 0.005
                        "cleo: jobs 0.00, time 0.00, base 15.00, jobs 0.80, time 0.04 = 15.84");
        assertThat(books.payouts("2028-02")).isEmpty();
    }

    @Test
    @Order(3)
    void marchLosesAnHourInBerlin() {
        log.tickets("aurora", 101, "2028-03-10T19:00:00Z", "2028-03-10T19:00:01Z");
        // The clocks go from 02:00 to 03:00 at this instant.
        log.jobs("brandt", 1, "2028-03-26T01:00:00Z", "2028-03-26T01:00:01Z", 10_500);
        // 23:30 of 31 March and 00:30 of 1 April, in summer time.
        log.jobs("brandt", 1, "2028-03-31T21:30:00Z", "2028-03-31T21:30:01Z", 10_500);
        log.jobs("brandt", 1, "2028-03-31T22:30:00Z", "2028-03-31T22:30:01Z", 10_500);
        log.jobs("cleo", 10, "2028-03-31T23:59:59.999Z", "2028-04-01T00:00:00Z", 10_000);
        // Late: of the leap day, and of both sides of cleo's upgrade.
        log.jobs("brandt", 1, "2028-02-29T12:00:00Z", "2028-04-01T12:00:00Z", 10_500);
        log.jobs("cleo", 1, "2028-02-10T12:00:00Z", "2028-03-15T12:00:00Z", 2_000);
        log.jobs("cleo", 1, "2028-02-20T12:00:00Z", "2028-03-15T12:00:00Z", 4_000);

        books.bill("2028-03");
        books.adjust("2028-02");

        assertThat(books.invoices("2028-03"))
                .containsExactly(
                        // One ticket above 100: 0.50 less 20 %
                        "aurora: base 500.00, tickets 0.40 = 500.40",
                        // 2 jobs; 21 s x 0.003 = 0.063
                        "brandt: jobs 2.00, time 0.06 = 2.06",
                        // 10 x 0.40; 100 s x 0.005
                        "cleo: base 29.00, jobs 4.00, time 0.50 = 33.50");
        assertThat(books.adjustments("2028-02"))
                .containsExactly(
                        // 11 jobs are 10.50, not 10.00; 115.5 s x 0.003 = 0.3465, not 0.32
                        "brandt#1: jobs 0.50, time 0.03 = 0.53",
                        // The 4th job as Free is still free; as Pro 3 x 0.40, not 0.80, and 12 s x 0.005 = 0.06, not
                        // 0.04
                        "cleo#1: jobs 0.40, time 0.02 = 0.42");
    }

    @Test
    @Order(4)
    void aprilShowsDoraWhatAnotherTierWouldAllow() {
        log.jobs("dora", 7, "2028-04-15T12:00:00Z", "2028-04-15T12:00:01Z", 3_000);
        // 23:30 of 30 April in New York.
        log.jobs("dora", 1, "2028-05-01T03:30:00Z", "2028-05-01T03:30:01Z", 3_000);

        books.bill("2028-04");

        assertThat(books.invoices("2028-04"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        // The job of 00:30 on 1 April; 10.5 s x 0.003 = 0.0315
                        "brandt: jobs 1.00, time 0.03 = 1.03",
                        "cleo: base 29.00 = 29.00",
                        // 3 of 8 jobs are beyond the allowance and never charged
                        "dora: jobs 0.00, time 0.00 = 0.00");
        assertThat(books.invoice("dora", "2028-04").lines().get(0).content().details())
                .anySatisfy(detail -> assertThat(detail.reference()).contains("upgrade-to-pro"));
    }

    @Test
    @Order(5)
    void mayIsBilledAgainAfterItsInvoiceWasVoided() {
        log.tickets("aurora", 200, "2028-05-10T19:00:00Z", "2028-05-10T19:00:01Z");

        books.bill("2028-05");

        List<String> before = List.of(
                // (200 - 100) x 0.50 less 20 %
                "aurora: base 500.00, tickets 40.00 = 540.00", "cleo: base 29.00 = 29.00");
        assertThat(books.invoices("2028-05")).containsExactlyElementsOf(before);
        Document first = books.invoice("aurora", "2028-05");
        billing.statusChanges().move(first.id(), DocumentStatus.VOID, "sent to the wrong address", "clerk");
        assertThat(books.invoices("2028-05")).containsExactly("cleo: base 29.00 = 29.00");

        books.run("2028-05");

        assertThat(books.invoices("2028-05")).containsExactlyElementsOf(before);
        assertThat(books.invoice("aurora", "2028-05").id()).isNotEqualTo(first.id());
        assertThat(billing.documents().get(first.id()).status()).isEqualTo(DocumentStatus.VOID);
    }

    @Test
    @Order(6)
    void juneIsShort() {
        books.tier("fritz", Tier.PREMIUM, "2028-06-01T00:00:00Z", "UTC");
        books.agree("fritz", "2028-06-01T00:00:00Z", "{\"items\": {\"time\": {\"minimum\": \"3.00\"}}}");
        log.jobs("brandt", 5, "2028-06-30T21:59:59.999Z", "2028-06-30T22:00:00Z", 10_500);
        log.tickets("fritz", 10, "2028-06-20T19:00:00Z", "2028-06-20T19:00:01Z");
        log.job("fritz", "replayed", "2028-06-20T20:00:00Z", "2028-06-20T20:00:01Z", 10_000);
        log.jobs("fritz", 1, "2028-06-20T20:00:00Z", "2028-06-20T20:00:01Z", 10_000);

        books.bill("2028-06");

        assertThat(books.invoices("2028-06"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        // 52.5 s x 0.003 = 0.1575
                        "brandt: jobs 5.00, time 0.16 = 5.16",
                        "cleo: base 29.00 = 29.00",
                        // 2 x 1.00; 20 s x 0.003 = 0.06, but 3.00 at least; 10 x 2.00
                        "fritz: jobs 2.00, time 3.00, tickets 20.00 = 25.00");
    }

    @Test
    @Order(7)
    void julyPaysHalfACent() {
        log.ads("aurora", "emil", 1, "0.01", "2028-07-31T23:59:59.999Z", "2028-08-01T00:00:00Z");
        // 23:45 of 30 June and 00:15 of 1 July in Berlin, both four days late.
        log.jobs("brandt", 1, "2028-06-30T21:45:00Z", "2028-07-05T00:00:00Z", 10_500);
        log.jobs("brandt", 1, "2028-06-30T22:15:00Z", "2028-07-05T00:00:00Z", 10_500);
        // Late usage of June: a ticket that makes all of them cheaper, seconds beyond the minimum, and an ad.
        log.tickets("fritz", 1, "2028-06-20T19:00:00Z", "2028-07-10T12:00:00Z");
        log.jobs("fritz", 1, "2028-06-25T12:00:00Z", "2028-07-10T12:00:00Z", 1_000_000);
        log.ads("aurora", "emil", 1, "0.35", "2028-06-28T12:00:00Z", "2028-07-20T12:00:00Z");
        // Never counted: a replay, and what comes a second after the 35 days.
        log.job("fritz", "replayed", "2028-06-20T20:00:00Z", "2028-07-20T20:00:00Z", 10_000);
        log.jobs("fritz", 1, "2028-06-25T12:00:00Z", "2028-07-30T12:00:01Z", 10_000);

        books.bill("2028-07");

        assertThat(books.invoices("2028-07"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        "brandt: jobs 1.00, time 0.03 = 1.03",
                        "cleo: base 29.00 = 29.00",
                        // Nothing used, and the minimum is owed all the same
                        "fritz: time 3.00 = 3.00");
        // 55 % of a cent, rounded once
        assertThat(books.payouts("2028-07")).containsExactly("emil: ad-share 0.01 = 0.01");
        assertThat(books.reported("fritz", "2028-06"))
                .containsExactly(
                        "jobs: invoiced 2.00, known 3.00",
                        "time: invoiced 3.00, known 3.06",
                        "tickets: invoiced 20.00, known 16.50");
    }

    @Test
    @Order(8)
    void inAugustJuneIsAdjustedByWhatCameLate() {
        books.adjust("2028-06");

        List<String> first = List.of(
                // 6 jobs; 63 s x 0.003 = 0.189, of which 0.16 was invoiced
                "brandt#1: jobs 1.00, time 0.03 = 1.03",
                // 3 x 1.00; 1,020 s x 0.003 = 3.06, of which the minimum of 3.00 was invoiced; 11 x 1.50 = 16.50, not
                // 20.00
                "fritz#1: jobs 1.00, time 0.06, tickets -3.50 = -2.44");
        assertThat(books.adjustments("2028-06")).containsExactlyElementsOf(first);
        // 55 % of 0.35, in a month that had no statement
        assertThat(books.payouts("2028-06")).containsExactly("emil#1: ad-share 0.19 = 0.19");

        books.adjust("2028-06");

        assertThat(books.adjustments("2028-06")).containsExactlyElementsOf(first);
        assertThat(books.payouts("2028-06")).hasSize(1);
    }

    @Test
    @Order(9)
    void inAugustTicketsOfJuneAreCreditedAndTheCreditIsNotClaimedBack() {
        Document june = books.invoice("fritz", "2028-06");
        billing.statusChanges().move(june.id(), DocumentStatus.PAID, "transfer 1234", "clerk");

        assertThatThrownBy(() -> books.credit(june, "20.01")).hasMessageContaining("more than is left");
        books.credit(june, "12.50");
        assertThatThrownBy(() -> books.credit(june, "7.51")).hasMessageContaining("7.50 of 20.00");
        books.credit(june, "7.50");

        assertThat(billing.creditNotes().of(june.id()))
                .extracting(note -> note.line().orElseThrow() + " " + note.amount())
                .containsExactly("3 12.50", "3 7.50");
        assertThatThrownBy(() -> billing.statusChanges().move(june.id(), DocumentStatus.VOID, "no", "clerk"))
                .isInstanceOf(BillingException.class);
        Document unpaid = books.invoice("brandt", "2028-06");
        assertThatThrownBy(() -> billing.statusChanges().move(unpaid.id(), DocumentStatus.VOID, "no", "clerk"))
                .as("an adjustment rests on it")
                .isInstanceOf(BillingException.class);
    }

    @Test
    @Order(10)
    void inAugustNothingHappensButAnotherTicketOfJuneArrives() {
        books.agree("fritz", "2028-08-01T00:00:00Z", "{}");
        log.tickets("fritz", 1, "2028-06-30T12:00:00Z", "2028-08-03T12:00:00Z");
        log.ads("aurora", "emil", 1, "0.01", "2028-07-31T23:00:00Z", "2028-08-03T12:00:00Z");

        books.bill("2028-08");
        books.adjust("2028-06");
        books.adjust("2028-07");

        assertThat(books.invoices("2028-08"))
                .containsExactly("aurora: base 500.00 = 500.00", "cleo: base 29.00 = 29.00");
        // 12 x 1.50 = 18.00, less 20.00 and -3.50; the credit of 20.00 has no part in it
        assertThat(books.adjustments("2028-06"))
                .contains("fritz#2: tickets 1.50 = 1.50")
                .hasSize(3);
        // 55 % of 0.02 is 0.011, of which 0.01 was paid out: what rounding left is no document
        assertThat(books.payouts("2028-07")).containsExactly("emil: ad-share 0.01 = 0.01");
        assertThat(books.reported("fritz", "2028-06"))
                .containsExactly(
                        "jobs: invoiced 3.00, known 3.00",
                        "time: invoiced 3.06, known 3.06",
                        "tickets: invoiced 18.00, known 18.00");
    }

    @Test
    @Order(11)
    void inSeptemberCleoIsPremium() {
        books.tier("cleo", Tier.PREMIUM, "2028-09-01T00:00:00Z", "UTC");
        log.jobs("cleo", 12, "2028-09-01T00:00:00Z", "2028-09-01T00:00:01Z", 10_000);

        books.bill("2028-09");

        assertThat(books.invoices("2028-09"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        // 10 x 1.00 + 2 x 0.50; 120 s x 0.003
                        "cleo: jobs 11.00, time 0.36 = 11.36");
    }

    @Test
    @Order(12)
    void octoberHasAnHourTwiceInBerlin() {
        // 02:30 in summer time and 02:30 in winter time.
        log.jobs("brandt", 1, "2028-10-29T00:30:00Z", "2028-10-29T00:30:01Z", 10_500);
        log.jobs("brandt", 1, "2028-10-29T01:30:00Z", "2028-10-29T01:30:01Z", 10_500);
        // 23:30 of 31 October and 00:30 of 1 November, in winter time.
        log.jobs("brandt", 1, "2028-10-31T22:30:00Z", "2028-10-31T22:30:01Z", 10_500);
        log.jobs("brandt", 1, "2028-10-31T23:30:00Z", "2028-10-31T23:30:01Z", 10_500);

        books.bill("2028-10");

        assertThat(books.invoices("2028-10"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        // 31.5 s x 0.003 = 0.0945
                        "brandt: jobs 3.00, time 0.09 = 3.09");
    }

    @Test
    @Order(13)
    void novemberReachesTheThirdTierOfPrices() {
        log.jobs("cleo", 101, "2028-11-30T23:59:59.999Z", "2028-12-01T00:00:00Z", 1_000);

        books.bill("2028-11");

        assertThat(books.invoices("2028-11"))
                .containsExactly(
                        "aurora: base 500.00 = 500.00",
                        // The job of 00:30 on 1 November
                        "brandt: jobs 1.00, time 0.03 = 1.03",
                        // 10 x 1.00 + 90 x 0.50 + 1 x 0.10; 101 s x 0.003 = 0.303
                        "cleo: jobs 55.10, time 0.30 = 55.40");
    }

    @Test
    @Order(14)
    void decemberEndsAtAnotherInstantForEverybody() {
        books.tier("aurora", Tier.PRO, "2028-12-17T00:00:00Z", "UTC");
        log.jobs("brandt", 1, "2028-12-31T22:59:59.999Z", "2028-12-31T23:00:00Z", 10_500);
        log.jobs("brandt", 1, "2028-12-31T23:00:00Z", "2028-12-31T23:00:01Z", 10_500);
        log.jobs("dora", 4, "2028-12-01T05:00:00Z", "2028-12-01T05:00:01Z", 3_000);
        log.jobs("dora", 1, "2029-01-01T04:59:59.999Z", "2029-01-01T05:00:00Z", 3_000);
        log.jobs("dora", 1, "2029-01-01T05:00:00Z", "2029-01-01T05:00:01Z", 3_000);

        books.bill("2028-12");

        assertThat(books.invoices("2028-12"))
                .containsExactly(
                        // 500.00 x 16/31 = 258.064...; 29.00 x 15/31 = 14.032...
                        "aurora: base 258.06, base 14.03 = 272.09",
                        "brandt: jobs 1.00, time 0.03 = 1.03",
                        "dora: jobs 0.00, time 0.00 = 0.00");
        assertThat(books.quantity("dora", "2028-12", "jobs")).isEqualByComparingTo("5");
    }

    @Test
    @Order(100)
    void everyLineOfTheYearLeadsBackToItsEvents() {
        List<Document> all =
                new ArrayList<>(billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE), "", 1000));
        all.addAll(billing.documents().page(DocumentFilter.all(DocumentKind.PAYOUT), "", 1000));

        assertThat(all).filteredOn(document -> document.sequence() > 0).hasSize(6);
        assertThat(all).allSatisfy(document -> assertThat(billing.verifier().verify(document))
                .allMatch(LineVerdict::ok));
        assertThat(billing.ledgerVerifier().verify(Optional.empty()).ok()).isTrue();
    }
}
